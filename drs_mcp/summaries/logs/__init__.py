"""What a task's log says: entries into kinds, lines, and the newest error with what led to it."""
