"""Which lines bear on a stop, beside its errors: those that led to it, those that tell its cause."""
