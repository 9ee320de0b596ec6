"""What comparisons found: objects, rows and values, totals over everything, what differs first."""
