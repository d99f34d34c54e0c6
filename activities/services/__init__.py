"""What acts and moments share, by matter."""
