"""Who looked at a record, what became of it, who may never see it, and emergencies."""
