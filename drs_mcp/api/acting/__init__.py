"""How an action leaves: the bodies that there are, one turn at a time, through one door."""
