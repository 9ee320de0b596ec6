"""What a comparison found as a whole: each type of object, each pair of databases."""
