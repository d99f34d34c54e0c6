"""What a peer is asked to do, and what doing it takes."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from bench.gauges import spent, spent_with_children

Figures = dict[str, Any]


@dataclass
class Task:
    """So many nominations, by so many clients, over one database."""

    url: str
    count: int
    clients: int
    postgres: int
    temporal: int = 0
    address: str = ""
    _before: dict[str, float] = field(default_factory=dict)
    _began: float = 0.0

    def begin(self) -> None:
        """From here on it counts."""
        self._before, self._began = self._spent(), perf_counter()

    def done(self, count: int) -> Figures:
        """So many nominations were done."""
        seconds, spent_now = perf_counter() - self._began, self._spent()
        cpu = {
            name: round(1000 * (spent_now[name] - before) / count, 3)
            for name, before in self._before.items()
        }
        return {
            "lines": count,
            "seconds": round(seconds, 3),
            "per_second": round(count / seconds, 1),
            "cpu_ms": round(sum(cpu.values()), 3),
            "cpu_ms_by_process": cpu,
        }

    def each(self, one: Callable[[int], object]) -> Figures:
        """Do one nomination after the other in each of some threads."""
        with ThreadPoolExecutor(self.clients) as pool:
            list(pool.map(one, range(3)))  # warm
            self.begin()
            list(pool.map(one, range(self.count)))
            return self.done(self.count)

    def phases(self, lines: int, play: Callable[[], object]) -> Figures:
        """Play whole phases of so many lines, as many as there are to be."""
        play()  # warm
        self.begin()
        phases = max(1, self.count // lines)
        for _ in range(phases):
            play()
        return self.done(phases * lines)

    def _spent(self) -> dict[str, float]:
        return {
            "process": spent(os.getpid()),
            "temporal": spent_with_children(self.temporal) if self.temporal else 0.0,
            "postgres": spent_with_children(self.postgres),
        }
