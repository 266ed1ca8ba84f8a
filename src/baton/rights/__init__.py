"""Information rights: what people may ask of the record kept about them, and how long it is kept."""
