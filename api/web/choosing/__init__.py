"""What a form offers where an act names something, as far as the visitor may know."""
