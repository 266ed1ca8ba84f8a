"""Pages about people: their record one subject a page, who was in a family when, warnings."""
