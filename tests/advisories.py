"""Known faults of what is locked, by a copy of PyPI's advisories: needs no network.

    python -m tests.advisories FOLDER requirements.txt requirements-dev.txt

FOLDER is a checkout of github.com/pypa/advisory-database, however it came here.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from packaging.version import InvalidVersion, Version

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", re.MULTILINE)


def pinned(text: str) -> set[tuple[str, str]]:
    """Read what a locked file installs, by the names as the advisories have them."""
    return {(re.sub(r"[-_.]+", "-", n).lower(), v) for n, v in _PINNED.findall(text)}


def faults(folder: Path, locked: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Name the advisories that a locked version is affected by.

    Raises FileNotFoundError where there are no advisories at all.
    """
    if not any(folder.glob("vulns/*/*.yaml")):
        raise FileNotFoundError(folder / "vulns")
    for name, version in sorted(locked):
        for file in sorted(folder.glob(f"vulns/{name}/*.yaml")):
            told = yaml.safe_load(file.read_text("utf-8"))
            if "withdrawn" not in told and _affects(told, Version(version)):
                yield f"{name} {version}: {told['id']}"


def _affects(told: Any, version: Version) -> bool:
    return any(
        version in {*_versions(each.get("versions", ()))}
        or any(_within(ranged, version) for ranged in each.get("ranges", ()))
        for each in told["affected"]
    )


def _versions(written: Iterable[str]) -> Iterator[Version]:
    for each in written:
        try:
            yield Version(each)
        except InvalidVersion:
            continue


def _within(ranged: Any, version: Version) -> bool:
    """Follow when a fault came and when it went."""
    if ranged["type"] != "ECOSYSTEM":
        return False
    inside = False
    for event in ranged["events"]:
        [(what, since)] = event.items()
        reached = since == "0" or version >= Version(since)
        if what == "last_affected":
            inside &= not reached or version == Version(since)
        elif reached:
            inside = what == "introduced"
    return inside


if __name__ == "__main__":
    found, *files = (Path(each) for each in sys.argv[1:])
    packages = set[tuple[str, str]]().union(*(pinned(x.read_text()) for x in files))
    known = [*faults(found, packages)]
    known.append(f"{len(packages)} packages, {len(known)} known faults\n")
    sys.stdout.write("\n".join(known))
    sys.exit(len(known) > 1)
