"""SQL inside of texts: its tokens, its grammar as far as values go, its literals."""
