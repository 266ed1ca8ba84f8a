"""The rules: calendar, frameworks, engine, explanations and the JSON command."""
