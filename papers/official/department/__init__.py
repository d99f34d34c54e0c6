"""Papers of a department: what it registers, reviews and nominates."""
