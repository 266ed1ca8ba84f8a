"""Visits planned, made and failed."""
