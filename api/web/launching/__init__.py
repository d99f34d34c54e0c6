"""Launching a campaign: its plan written, read, signed, and its year before that."""

from api.web.launching import reading, rehearsing, writing

PAGES = (reading, rehearsing, writing)
