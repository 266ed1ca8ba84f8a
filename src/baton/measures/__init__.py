"""Figures about the work as a whole, without names: counted and small numbers hidden by PostgreSQL."""
