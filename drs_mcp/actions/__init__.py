"""What may be done to a task, who must have said yes, and whether it was done."""
