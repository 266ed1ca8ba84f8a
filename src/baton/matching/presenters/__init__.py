"""Phrases about records that may be of one person."""
