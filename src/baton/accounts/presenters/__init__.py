"""Phrases about accounts, and the table of permissions."""
