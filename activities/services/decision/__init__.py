"""Decisions: which lines stand on them, who is told, what rests on them."""
