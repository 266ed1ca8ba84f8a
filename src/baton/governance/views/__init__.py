"""Pages of information governance."""
