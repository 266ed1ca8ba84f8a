"""What is typed about people: their part in a family, facts, what holds over time, warnings."""
