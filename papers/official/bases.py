"""The law that papers rest on, by the rules that a phase goes by."""

from functools import cache
from pathlib import Path

import yaml


@cache
def _all_bases() -> dict[str, list[str]]:
    text = Path(__file__).with_name("bases.yaml").read_text("utf-8")
    read: dict[str, list[str]] = yaml.safe_load(text)
    return read


def law_of(pack: str) -> list[str]:
    """List what papers made by the rules of a pack rest on."""
    return list(_all_bases().get(pack, []))
