"""Tests of intake/sheets/."""
