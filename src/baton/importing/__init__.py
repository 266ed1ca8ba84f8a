"""Coming from elsewhere: extracts of other systems, read by a mapping, tried dry, brought in, and taken back."""
