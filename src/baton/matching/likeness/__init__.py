"""How likely two records are of one person, and why. Plain Python: it knows nothing of Django or the database."""
