"""Reads of looks, changes, restrictions and emergencies."""
