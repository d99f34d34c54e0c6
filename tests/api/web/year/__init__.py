"""Tests of the pages of the year."""
