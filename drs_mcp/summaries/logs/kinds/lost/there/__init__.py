"""What the destination did by itself to the rows it received, or holds that it should not."""
