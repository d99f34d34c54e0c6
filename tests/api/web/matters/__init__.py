"""The pages of matters, asked as a browser without scripts asks."""
