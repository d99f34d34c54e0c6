"""Deadlines, windows and delegations: what begins and ends on a day."""
