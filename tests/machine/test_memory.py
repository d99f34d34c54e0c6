"""A process that has loaded its code is done with looking for garbage in it."""

import subprocess
import sys

_ASKED = """
import gc
from machine.memory import settle
before = gc.get_freeze_count(), gc.get_threshold()[0]
settle()
print(before[0] == 0, gc.get_freeze_count() > 1000, gc.get_threshold()[0] > before[1])
"""


def test_what_is_loaded_is_passed_over_and_the_rest_looked_through_less_often() -> None:
    asked = [sys.executable, "-c", _ASKED]

    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout

    assert said.split() == ["True"] * 3
