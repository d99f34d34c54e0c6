"""What pages of the year are asked on the day of the council, too."""

from tests.api.web.council.conftest import meeting

__all__ = ["meeting"]  # a fixture, for whoever asks for it by name
