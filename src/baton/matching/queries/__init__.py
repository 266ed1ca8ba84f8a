"""Reads of matching: who is found, which records may be of one person, and what a merge would move."""
