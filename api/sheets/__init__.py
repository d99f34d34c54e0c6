"""Lists that departments bring in their own spreadsheets: looked at, then written."""
