"""What to fetch for a question: find a task or comparison, walk databases, page into a fold."""
