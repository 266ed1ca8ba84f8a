"""Pages of information rights."""
