"""Plain log lines: which are kept while reading, which say the same, one page of them."""
