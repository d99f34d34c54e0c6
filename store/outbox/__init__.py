"""The ledger of what leaves the system, and how its channels are."""
