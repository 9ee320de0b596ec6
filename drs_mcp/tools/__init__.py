"""What the assistant sees: signature, description, one read, one summary; no logic."""
