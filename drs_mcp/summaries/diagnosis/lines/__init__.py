"""Which lines bear on a stop or on the data, beside its errors: what led to it, tells its cause, is doubtful."""
