"""Texts in which something decides beside what is hidden, and texts that must stay whole."""
