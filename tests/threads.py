"""Waiting for what another thread brings about."""

from collections.abc import Callable
from time import sleep

PATIENCE = 30
_LOOKS = 3000


def until(true: Callable[[], bool]) -> None:
    """Wait until something is true."""
    for _ in range(_LOOKS):
        if true():
            return
        sleep(PATIENCE / _LOOKS)
    raise AssertionError
