"""Setting an office up in the browser: all checked, then shown, then stored."""

from api.web.setup import founding, passwords

PAGES = (founding, passwords)
