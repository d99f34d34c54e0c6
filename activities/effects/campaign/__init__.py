"""What the acts on a campaign do."""
