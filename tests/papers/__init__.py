"""Papers, without an office."""
