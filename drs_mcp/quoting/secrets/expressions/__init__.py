"""Secrets that an expression makes where they are needed: the call of a function, a command, a default."""
