"""What a person can run: serve (the default), demo, call, doctor, simulate."""
