"""What the acts on a decision do."""
