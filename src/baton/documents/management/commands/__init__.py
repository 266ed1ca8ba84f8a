"""Django commands behind `baton audit watch`."""
