"""The Early Help Assessment and scored tools."""
