"""The rules of titles as data, and whether a subject fulfils them."""
