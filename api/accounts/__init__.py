"""Accounts over HTTP: signing in and out, passwords, tokens, and who administers."""
