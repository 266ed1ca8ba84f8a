"""What is typed about requests of people for their own record."""
