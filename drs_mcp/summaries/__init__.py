"""What it means: pure functions and folds, wire rows in, small result models out."""
