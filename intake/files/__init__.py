"""Files that people add to something: what they are called, and what they are."""
