"""Management oversight notes, supervision and senior sign-off."""
