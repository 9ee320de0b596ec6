"""What DRS's answers mean: pure functions and folds, wire rows in, small result models out."""
