"""Everything of a campaign in one file, with an index by which it is checked."""
