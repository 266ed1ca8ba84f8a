"""The PostgreSQL that comes with Baton: made, started, watched and stopped here. Plain Python, no Django."""
