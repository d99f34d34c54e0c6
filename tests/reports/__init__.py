"""What is computed for who prepares a vote: targets, signs of formality, scores."""
