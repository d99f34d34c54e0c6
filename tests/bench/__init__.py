"""Tests of an office of thousands."""
