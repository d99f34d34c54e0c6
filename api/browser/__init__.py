"""What a browser needs to be told, and what it may be trusted with."""
