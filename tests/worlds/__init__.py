"""Worlds of one task for property tests: what DRS would send, and a recount of it by hand."""
