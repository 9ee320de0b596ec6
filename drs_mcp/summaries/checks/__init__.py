"""What pre-checks and network tests found: what failed, why, and how to mend it."""
