"""A session of the council, from who sits in it to the list it hands over."""
