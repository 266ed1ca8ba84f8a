"""Phrases, dates and tags for the pages of plans."""
