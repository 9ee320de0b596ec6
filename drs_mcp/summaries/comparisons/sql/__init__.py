"""What the SELECT of a differing row says: its table, its form, the columns of its key."""
