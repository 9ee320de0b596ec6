"""What to fetch: resolve a task, find a comparison, walk databases, page into a fold."""
