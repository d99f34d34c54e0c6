"""FILES THAT COME IN: plans, rule packs and rosters, read at the edge and refused whole."""
