"""THE SECRET BALLOT: its keys, its box and its sealed sheets, for whoever audits it."""
