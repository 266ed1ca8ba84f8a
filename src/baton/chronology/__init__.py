"""The chronology: what the work recorded and what practitioners add by hand, in one order."""
