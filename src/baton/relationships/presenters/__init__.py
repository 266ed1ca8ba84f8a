"""Relationships and network as pages show them: in words and as pictures."""
