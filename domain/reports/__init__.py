"""What is measured of a campaign: targets, scores, signs of formality."""
