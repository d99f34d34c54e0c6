"""A whole office as rows: taken out, and put into an empty database."""
