"""What the server leaves for its operator: audit lines, spans, logs, and who was asking."""
