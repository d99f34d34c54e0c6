"""What leaves the system: when each message goes, and whether it still applies."""
