"""Rows as lists show them: with names, whole, in so many statements."""
