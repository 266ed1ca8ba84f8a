"""Documents of a family's record: files people bring, looked at before they are kept, and handed out as files only."""
