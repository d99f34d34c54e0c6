"""What each act does to the rows, one module a matter."""
