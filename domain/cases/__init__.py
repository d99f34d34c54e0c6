"""Matters beside the phases, as rules."""
