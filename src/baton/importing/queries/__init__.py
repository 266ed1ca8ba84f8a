"""Reads of importing: runs and their rows, codes, and who of an extract may be known already."""
