"""Pages of plans, meetings and closures."""
