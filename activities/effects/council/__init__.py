"""What the acts on a council session do."""
