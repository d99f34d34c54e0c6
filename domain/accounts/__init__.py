"""Who may sign in, with what, and for how long: pure rules."""
