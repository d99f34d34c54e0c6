"""The director's pages, asked as a browser without scripts asks."""
