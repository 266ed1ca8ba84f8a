"""Agreement to help, kept apart from the law's basis for holding a record."""
