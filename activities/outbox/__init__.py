"""What leaves the system: the channels, and the activity that sends on them."""
