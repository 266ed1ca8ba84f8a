"""Requests of people for their own record, as pages show them."""
