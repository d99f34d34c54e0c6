"""What somebody may know of the rows, by the policy table."""
