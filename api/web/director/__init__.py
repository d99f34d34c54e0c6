"""The director's pages: what waits for a decision, each decision, the register."""
