"""Launching a campaign: its plan written, read, signed, and its year before that."""

from api.web.launching import reading, writing

PAGES = (reading, writing)
