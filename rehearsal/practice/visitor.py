"""Whom the visitor plays: a list in a file, so that a second start knows it."""

import json
from collections.abc import Collection
from pathlib import Path


class Visitor:
    """The people whom the visitor plays, by code."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.plays = frozenset(self._read())

    def _read(self) -> list[str]:
        try:
            found: list[str] = json.loads(self._file.read_text("utf-8"))
        except FileNotFoundError:
            return []
        return found

    def take(self, people: Collection[str]) -> None:
        """Play these people from now on, and nobody else."""
        draft = self._file.with_suffix(".new")
        draft.write_text(json.dumps(sorted(people)), "utf-8")
        draft.rename(self._file)  # whole, or not at all
        self.plays = frozenset(people)
