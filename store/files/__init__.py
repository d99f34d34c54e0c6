"""Files: their contents in a folder, and the rows that say with what they stand."""
