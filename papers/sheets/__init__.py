"""Lists and statistics as spreadsheets: what an office reckons and files by itself."""
