"""The bench: what it makes of its figures, and what its document says of it."""

import re

import pytest

from bench.beside import PEERS
from bench.gauges import percentile
from bench.measured import PARTS, chosen, numbers
from bench.picture import bars
from bench.sidebyside import Contender, Figures, compared, side_by_side
from tests.sources import ROOT

README = (ROOT / "bench" / "README.md").read_text("utf-8")
LOCKED = (ROOT / "bench" / "peers" / "requirements.txt").read_text("utf-8")


def test_the_document_tells_of_every_part_and_of_no_other() -> None:
    told = re.findall(r"^\| `([a-z]+)` \|", README, re.MULTILINE)

    assert told == list(PARTS)


def test_the_document_names_the_versions_that_are_locked() -> None:
    locked = dict(re.findall(r"^([a-z-]+)==(\S+)", LOCKED, re.MULTILINE))

    for told, package in (
        ("SpiffWorkflow) ", "spiffworkflow"),
        ("Viewflow) ", "django-viewflow"),
        ("DBOS) ", "dbos"),
        ("SDK ", "temporalio"),
    ):
        found = re.search(rf"{re.escape(told.strip(') '))}.*? (\d+\.\d+\.\d+)", README)
        assert found is not None
        assert found[1] == locked[package], package


def test_what_is_locked_has_a_hash_and_names_no_place() -> None:
    pinned = re.findall(r"^\S+==\S+.*$", LOCKED, re.MULTILINE)

    assert len(pinned) > len(PEERS)
    assert all(line.endswith("\\") for line in pinned)
    assert "://" not in LOCKED


@pytest.mark.parametrize(
    ("share", "value"), [(0.0, 1.0), (0.5, 51.0), (0.99, 100.0), (1.0, 100.0)]
)
def test_a_percentile_is_a_value_that_was_seen(share: float, value: float) -> None:
    seen = [float(number) for number in range(100, 0, -1)]

    assert percentile(seen, share) == value


async def test_rounds_go_there_and_back_and_medians_are_compared() -> None:
    order: list[str] = []
    costs = {"ours": [4.0, 8.0, 6.0], "peer": [30.0, 12.0, 10.0]}

    def contender(name: str) -> Contender:
        figures = iter(costs[name])

        async def run() -> Figures:
            order.append(name)
            cpu = next(figures)
            each = {"process": cpu}
            return {"per_second": 60 / cpu, "cpu_ms": cpu, "cpu_ms_by_process": each}

        return Contender(name, run)

    found = await side_by_side([contender("ours"), contender("peer")], 3, order.append)

    [_, mine, theirs] = compared(found, "ours")
    assert [name for name in order if name in costs] == [
        *("ours", "peer"),
        *("peer", "ours"),
        *("ours", "peer"),
    ]
    assert (found["ours"]["cpu_ms"], found["peer"]["cpu_ms"]) == (6.0, 12.0)
    assert mine.split() == ["ours", "10.0/s", "6.00", "1.00", "×", "1.00", "×"]
    assert theirs.split() == ["peer", "5.0/s", "12.00", "2.00", "×", "2.00", "×"]


def test_ten_times_as_much_is_one_step_to_the_right() -> None:
    drawn = bars("CPU", "ms", {"ours": 2.0, "one": 20.0, "other": 200.0})

    widths = [
        float(each) for each in re.findall(r'width="([\d.]+)" height="18"', drawn)
    ]
    assert widths[1] - widths[0] == pytest.approx(widths[2] - widths[1], abs=0.2)
    assert widths == sorted(widths)


def test_what_is_asked_for_is_chosen_by_how_it_begins() -> None:
    known = ("ours on postgres", "floor on postgres", "ours on sqlite")

    assert chosen("only", "ours", known) == {"ours on postgres", "ours on sqlite"}
    assert chosen("only", "", known) == {*known}


def test_whoever_asks_for_what_is_not_there_is_told_what_is() -> None:
    with pytest.raises(SystemExit, match=r"^--on: 'my' is none of: postgres, sqlite$"):
        chosen("on", "sqlite,my", ("postgres", "sqlite"))
    with pytest.raises(SystemExit, match=r"^'20,many': numbers between commas"):
        numbers("20,many")
