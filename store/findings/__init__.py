"""What is computed from the rows, and stored nowhere."""
