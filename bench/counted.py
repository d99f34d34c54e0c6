"""Runs a command of `thidua` and counts: `python -m bench.counted FILE COMMAND…`.

Whenever the process is told SIGUSR1, and when it ends, FILE gets the number of its
statements and commits so far, and the seconds that it waited for the database.
Counting takes some microseconds a statement, which are part of what is measured.
"""

import json
import os
import re
import signal
import sys
import threading
from collections import defaultdict
from pathlib import Path
from time import perf_counter
from types import FrameType
from typing import Any

from sqlalchemy import Engine, event

_GAPS = re.compile(r"\s+")
# Of what many rows make long, one is kept.
_MANY = re.compile(r"\((?:[^()]*)\)(?:, \([^()]*\))+")
_MOST = 60


class Counter:
    """What one process has asked of its database."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._told = 0
        self._sums = {"statements": 0, "commits": 0, "rollbacks": 0}
        self._seconds = 0.0
        self._each: dict[str, list[float]] = defaultdict(lambda: [0, 0.0])
        self._lock = threading.Lock()

    def listen(self) -> None:
        """Count whatever any engine of this process does from now on."""
        event.listen(Engine, "before_cursor_execute", self._begin)
        event.listen(Engine, "after_cursor_execute", self._end)
        event.listen(Engine, "commit", lambda _: self._add("commits"))
        event.listen(Engine, "rollback", lambda _: self._add("rollbacks"))

    def tell(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Write down what was counted so far.

        Without the lock: the thread that is interrupted may hold it.
        """
        self._told += 1
        self._write({})

    def tell_all(self) -> None:
        """Write down which statements took longest, too: that takes as long as some."""
        slowest = sorted(self._shortened().items(), key=lambda each: -each[1][1])
        self._write({"each": dict(slowest[:_MOST])})

    def _write(self, more: dict[str, Any]) -> None:
        found = {**self._sums, "seconds": self._seconds, "told": self._told, **more}
        young = self._file.with_suffix(".tmp")
        young.write_text(json.dumps(found), "utf-8")
        young.rename(self._file)

    def _shortened(self) -> dict[str, list[float]]:
        found: dict[str, list[float]] = defaultdict(lambda: [0, 0.0])
        for statement, (times, seconds) in dict(self._each).items():
            short = _MANY.sub("(…)", _GAPS.sub(" ", statement[:2000]))[:160]
            found[short][0] += times
            found[short][1] += seconds
        return found

    def _add(self, what: str) -> None:
        with self._lock:
            self._sums[what] += 1

    def _begin(self, *said: Any) -> None:
        said[4].began = perf_counter()

    def _end(self, *said: Any) -> None:
        took = perf_counter() - said[4].began
        with self._lock:
            self._sums["statements"] += 1
            self._seconds += took
            each = self._each[said[2]]
            each[0] += 1
            each[1] += took


def main() -> None:
    """Count what the command does that the command line names."""
    file, *command = sys.argv[1:]
    counter = Counter(Path(file))
    counter.listen()
    counter.tell()
    signal.signal(signal.SIGUSR1, counter.tell)
    leave = os._exit

    def leave_counted(code: int) -> None:
        counter.tell_all()
        leave(code)

    os._exit = leave_counted  # type: ignore[assignment] # a command ends by it
    sys.argv = ["thidua", *command]
    from start import main as start  # noqa: PLC0415 - what it loads is counted too

    start()


if __name__ == "__main__":
    main()
