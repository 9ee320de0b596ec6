"""Which lines a person has to read before a cut-over, though no rule reads what they tell."""
