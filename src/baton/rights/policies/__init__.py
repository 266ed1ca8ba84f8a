"""What must be true first, and how a request's time is counted. No Django."""
