"""Measures how fast Baton is, each page beside hand-written SQL for the same facts in the same run."""
