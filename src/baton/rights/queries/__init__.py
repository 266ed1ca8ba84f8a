"""Reads of what people asked of their record."""
