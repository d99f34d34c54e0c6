"""Whoever changes anything in a record is found, at the place where it was changed."""

import pytest

from domain.record.flaws import NOTED, Flaw
from tests.record.conftest import Played
from tests.record.forging import FORGERIES, linked, seq_of
from tests.record.played import Record, act, flaws, parsed, value, values


def test_a_record_that_nobody_changed_has_no_flaw(record: Record) -> None:
    assert flaws(record) == []


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_is_found_at_its_place(record: Record, forgery: str) -> None:
    expected = FORGERIES[forgery](record)

    found = flaws(record)

    assert [flaw for flaw in found if flaw.code not in NOTED] == expected


def test_a_chain_made_anew_is_told_by_a_head_that_was_kept(record: Record) -> None:
    kept = act(record, "publish")
    known = {seq_of(kept): {kept["digest"]}}
    act(record, "receive")["said"]["more"] = "Thêm một điều."
    linked(record)

    found = flaws(record), flaws(record, known)

    assert found == ([], [Flaw("is another than the one known", seq_of(kept))])


def test_a_record_set_back_is_told_by_a_head_that_was_kept(played: Played) -> None:
    earlier = parsed(played.earlier)
    seq, digest = value(parsed(played.lines), "chain")["head"]

    found = flaws(earlier), flaws(earlier, {seq: {digest}})

    assert found == ([], [Flaw("is known, and missing", seq)])


def test_an_older_record_says_what_cannot_be_found_again(record: Record) -> None:
    for each in values(record, "act"):
        each["trace"] = None
    linked(record)

    found = flaws(record)

    states, notices = (len(list(values(record, x))) for x in ("state", "notice"))
    assert found == [
        Flaw("unknown_states", None, str(states)),
        Flaw("unknown_notices", None, str(notices)),
    ]
