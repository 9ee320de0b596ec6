"""Which lines tell against a cut-over: what was lost, changed, passed over, or copied anew."""
