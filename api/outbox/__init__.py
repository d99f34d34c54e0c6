"""What leaves the system: the ledger by hand, nudges, and one's own wishes."""
