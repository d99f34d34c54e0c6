"""Digital signatures that come in with files, and the certificates they rest on."""
