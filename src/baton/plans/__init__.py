"""The plan, planning meetings, reviews and closure."""
