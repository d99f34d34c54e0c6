"""FILES THAT COME IN: plans, rule packs, rosters; read at the edge, refused whole."""
