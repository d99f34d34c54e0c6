"""The order in which the tables came to be as they are."""

import re
from itertools import pairwise

from tests.sources import ROOT

_SAID = re.compile(r'^(revision|down_revision) = (?:"(\w+)"|None)$', re.MULTILINE)


def test_each_migration_follows_the_one_numbered_before_it() -> None:
    files = sorted((ROOT / "store/migrations/versions").glob("0*.py"))
    numbers = [file.name[:4] for file in files]

    said = [dict(_SAID.findall(file.read_text("utf-8"))) for file in files]

    assert said == [
        {"revision": number, "down_revision": before}
        for before, number in pairwise(["", *numbers])
    ]
