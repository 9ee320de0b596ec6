"""Which task is meant: what a caller wrote, the names it fits, and those it could be taken for."""
