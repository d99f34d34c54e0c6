"""HTTP: a route parses, makes one call, and answers."""
