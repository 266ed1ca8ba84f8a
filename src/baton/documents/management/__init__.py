"""Django commands behind `baton documents`."""
