"""What leaves the system: how a message to one person may stand, and when it goes."""
