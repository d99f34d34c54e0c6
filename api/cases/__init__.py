"""Matters beside the phases over HTTP."""
