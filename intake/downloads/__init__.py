"""Files that somebody has had from us, and brings back to have them checked."""
