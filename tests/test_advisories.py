"""What is locked is held against advisories that lie in a folder."""

from pathlib import Path

import pytest

from tests.advisories import faults, pinned
from tests.sources import ROOT

TOLD = """\
id: PYSEC-1
affected:
- package: {name: some-thing, ecosystem: PyPI}
  ranges:
  - type: ECOSYSTEM
    events: [{introduced: "0"}, {fixed: "1.2"}, {introduced: "2.0"}]
  - type: GIT
    events: [{introduced: abc}]
  versions: [not a version, "1.9"]
"""


@pytest.mark.parametrize(
    ("version", "affected"),
    [("1.1", True), ("1.2", False), ("1.9.0", True), ("1.9.1", False), ("2.1", True)],
)
def test_a_locked_version_is_known_by_the_ranges_and_versions_that_are_affected(
    tmp_path: Path, version: str, affected: bool
) -> None:
    (tmp_path / "vulns" / "some-thing").mkdir(parents=True)
    file = tmp_path / "vulns" / "some-thing" / "PYSEC-1.yaml"
    file.write_text(TOLD, "utf-8")
    locked = pinned(f"Some_Thing==1.0\nother[x]=={version} \\\n  --hash=x\n")
    locked = {("some-thing", v) for name, v in locked if name == "other"}

    found = [*faults(tmp_path, locked)]
    file.write_text(TOLD + 'withdrawn: "2026-01-01"\n', "utf-8")
    withdrawn = [*faults(tmp_path, locked)]

    assert found == ([f"some-thing {version}: PYSEC-1"] if affected else [])
    assert withdrawn == []


def test_without_advisories_nothing_is_said_to_be_whole(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        next(faults(tmp_path, ()))


def test_every_locked_package_is_read() -> None:
    text = (ROOT / "requirements.txt").read_text("utf-8")

    lines = [each for each in text.splitlines() if not each.startswith(" ")]
    assert len(pinned(text)) == len(lines) > 40
