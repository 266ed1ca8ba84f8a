"""Runs of an import in words: an operator's report, and the pages."""
