"""What the database engines mean by their error codes and messages, as data, and how to find it."""
