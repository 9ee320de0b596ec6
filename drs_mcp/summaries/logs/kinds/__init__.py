"""What is known of one kind of log entry: which entries are of it, when, how often, with what."""
