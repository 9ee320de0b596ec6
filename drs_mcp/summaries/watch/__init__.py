"""What changed while a task was watched, and the handle that carries it to the next call."""
