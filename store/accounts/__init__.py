"""Accounts and what opens them: their rows, found, made and ended."""
