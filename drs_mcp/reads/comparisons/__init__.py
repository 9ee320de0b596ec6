"""Which comparison to read, of which databases, and how its rows get into a fold."""
