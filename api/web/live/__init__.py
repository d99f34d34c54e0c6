"""Live pages: told that something has moved, they ask anew for what they show."""

from api.web.live import events

PAGES = (events,)
