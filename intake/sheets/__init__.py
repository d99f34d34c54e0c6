"""Lists that departments write in spreadsheets of their own, read as they are."""
