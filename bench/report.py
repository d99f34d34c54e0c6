"""What a part of the bench says: lines for whoever looks on, and a JSON file."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.gauges import machine


@dataclass(frozen=True)
class Report:
    """Where what is measured goes."""

    folder: Path

    def say(self, line: str) -> None:
        """Print a line at once: a run takes minutes."""
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    def table(self, rows: Sequence[dict[str, Any]]) -> None:
        """Print rows that have the same columns."""
        names = list(rows[0])
        cells = [names, *([_text(row[name]) for name in names] for row in rows)]
        widths = [max(len(row[at]) for row in cells) for at in range(len(names))]
        for row in cells:
            padded = (cell.rjust(widths[at]) for at, cell in enumerate(row) if at)
            self.say("  ".join([row[0].ljust(widths[0]), *padded]))

    def draw(self, name: str, picture: str) -> None:
        """Write a picture beside the figures."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{name}.svg"
        file.write_text(picture, "utf-8")
        self.say(f"→ {file}")

    def keep(self, part: str, begun: dict[str, Any], figures: Any) -> None:
        """Write what a part has measured, with the machine at its beginning and end."""
        self.folder.mkdir(parents=True, exist_ok=True)
        whole = {"part": part, "begun": begun, "ended": machine(), "figures": figures}
        file = self.folder / f"{part}.json"
        file.write_text(json.dumps(whole, ensure_ascii=False, indent=1), "utf-8")
        self.say(f"→ {file}")


def _text(value: object) -> str:
    return f"{value:,.1f}" if isinstance(value, float) else str(value)
