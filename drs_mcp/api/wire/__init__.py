"""What DRS sends: the shapes of the reference page's tables, and how their values are read."""
