"""Reads of looks, changes, restrictions, emergencies, audits and alerts."""
