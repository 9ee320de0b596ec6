"""What a sentence repeats of a secret: a token that expired, a password that was wrong, an access key."""
