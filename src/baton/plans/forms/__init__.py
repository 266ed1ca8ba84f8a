"""What is typed into plans, meetings and closures."""
