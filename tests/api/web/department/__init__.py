"""A department's pages, asked as a browser without scripts asks."""
