"""Persons, families, who belongs to which family when, and search."""
