"""What papers say, computed from the rows: lists by names, and where the time went."""
