"""Papers of a campaign: its plan, its pact, and what it has come to."""
