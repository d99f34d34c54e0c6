"""What the acts on a department's part in a phase do."""
