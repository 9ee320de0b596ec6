"""Who may call over HTTP: static tokens, or JWTs of an OAuth issuer."""
