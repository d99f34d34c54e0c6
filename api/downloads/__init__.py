"""Lists, records and whole campaigns, handed out as files."""
