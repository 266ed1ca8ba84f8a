"""Phrases about people: their record, their homes, their families, warnings."""
