"""How the tables of the Viewflow peer are made."""
