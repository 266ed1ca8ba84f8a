"""Sheets, mappings and values of other systems' extracts. Plain Python: it knows nothing of Django or the database."""
