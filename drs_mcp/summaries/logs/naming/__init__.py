"""What is the name of a table, and where it ends: shapes of other names, and names among Chinese words."""
