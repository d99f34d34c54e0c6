"""A department's own pages: what it registers, nominates and owes in a phase."""
