"""What must be true of relationships and ties before they are kept. Each sentence is what people read."""
