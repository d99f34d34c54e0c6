"""What is kept of people: what is theirs to read, and what is forgotten in time."""
