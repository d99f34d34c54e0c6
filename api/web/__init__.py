"""The web office: pages for people, made of the same functions as the API."""
