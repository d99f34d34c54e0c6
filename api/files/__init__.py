"""Files over HTTP: sent, listed, fetched and taken away."""
