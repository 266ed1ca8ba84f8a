"""What the frameworks say: calendar, timescales, deadlines and explanations. Plain Python, no Django."""
