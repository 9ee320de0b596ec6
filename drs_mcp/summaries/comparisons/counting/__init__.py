"""Compared tables, counted by their identity."""
