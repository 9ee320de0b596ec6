"""What a task is and how far it is: the list, the card, progress, the read-only state."""
