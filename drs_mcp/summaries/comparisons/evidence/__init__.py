"""What a comparison earns: rows held against themselves, options, and what was not compared."""
