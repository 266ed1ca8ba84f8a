"""Requests for help, the hub queue and screening."""
