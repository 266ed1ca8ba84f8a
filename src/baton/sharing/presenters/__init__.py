"""Sharing in words: decisions, and the papers that leave by them."""
