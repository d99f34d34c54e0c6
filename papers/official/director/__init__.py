"""Papers of the head of the agency: decisions, and what follows from them."""
