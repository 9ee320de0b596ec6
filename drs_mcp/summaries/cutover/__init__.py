"""Whether one can cut over: one line for each criterion, and the verdict they come to."""
