"""ONE MACHINE: the office in a folder, and the processes that serve it."""
