"""Hostile text: payloads, a wire that plants them in every field, and what must hold of answers."""
