"""Tests of who owes what, until when."""
