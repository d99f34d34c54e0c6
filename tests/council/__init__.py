"""The council's session: the vote in all its forms, and what stays secret of it."""
