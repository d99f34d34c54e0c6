"""What the council has concluded, before the director."""

from tests.api.web.council.conftest import meeting

__all__ = ["meeting"]  # a fixture, for whoever asks for it by name
