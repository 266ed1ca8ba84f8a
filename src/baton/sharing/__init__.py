"""Sharing is a decision: what goes to whom, under which agreement or which safeguarding reason; or what does not go."""
