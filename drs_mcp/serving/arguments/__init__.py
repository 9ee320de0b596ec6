"""What a tool accepts: the schema that is published, and arguments as they come."""
