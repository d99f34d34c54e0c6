"""What each act says, checked at the edge; one module for each kind of target."""
