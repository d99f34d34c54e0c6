"""The desk of the secretariat, asked as a browser without scripts asks."""
