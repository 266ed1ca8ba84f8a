"""Looks and changes in words."""
