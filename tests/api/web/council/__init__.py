"""The council's pages, asked as a browser without scripts asks."""
