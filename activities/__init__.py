"""DOING: each activity may run twice, to the same effect."""
