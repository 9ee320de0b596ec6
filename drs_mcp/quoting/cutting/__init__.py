"""Where a text may be cut, and what a cut loses."""
