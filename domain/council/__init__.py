"""How the council votes, counts and ranks, as rules."""
