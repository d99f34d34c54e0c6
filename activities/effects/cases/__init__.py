"""What the acts on a matter beside the phases do."""
