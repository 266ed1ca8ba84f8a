"""Pages that bring areas together."""
