"""What the pages that bring areas together read."""
