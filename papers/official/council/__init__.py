"""Papers of the council: what it is called with, votes on, signs and proposes."""
