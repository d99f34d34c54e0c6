"""The command: `python -m bench` measures a little of all, `python -m bench PART` one.

Each part prints what it finds and writes it to a folder as JSON.
"""

import argparse
import asyncio
import os
import sys
from pathlib import Path

from bench.gauges import machine
from bench.measured import PARTS
from bench.parts import Part
from bench.report import Report


def main() -> None:
    """Measure what the command line asks for."""
    asked = _parser().parse_args()
    report = Report(asked.out)
    for part in [PARTS[asked.part]] if asked.part else PARTS.values():
        _measure(part, asked if asked.part else _as_usual(part), report)
    sys.stdout.flush()
    # Not by returning: Temporal's runtime can abort a process that takes itself down.
    os._exit(0)


def _measure(part: Part, asked: argparse.Namespace, report: Report) -> None:
    begun = machine()
    report.say(f"\n== {part.name}: {part.summary}\n{begun}")
    report.keep(part.name, begun, asyncio.run(_awaited(part, asked, report)))


async def _awaited(part: Part, asked: argparse.Namespace, report: Report) -> object:
    return await part.run(asked, report)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("bench", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("var/bench"))
    parts = parser.add_subparsers(dest="part", metavar="PART")
    for part in PARTS.values():
        _add_options(parts.add_parser(part.name, help=part.summary), part)
    return parser


def _add_options(parser: argparse.ArgumentParser, part: Part) -> None:
    for name, usual, meaning in part.options:
        if usual is False:
            parser.add_argument(f"--{name}", action="store_true", help=meaning)
        else:
            parser.add_argument(
                f"--{name}",
                type=type(usual),
                default=usual,
                help=f"{meaning} [{usual}]",
            )


def _as_usual(part: Part) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    _add_options(parser, part)
    return parser.parse_args([])


if __name__ == "__main__":
    main()
