"""Who steps out of a line, and who votes on it and is named for it (E5)."""

from dataclasses import replace

import pytest

from domain.council.conflicts import Conflict, conflict
from domain.rules.rulepack import RulePack
from intake.rulepacks import load_packs

PACKS = load_packs()
NOMINEE, HEAD, COUSIN = ["n"], ["h"], ["c"]


def ruling(heads_vote: bool | None) -> RulePack:
    """The oldest pack, with a word on whether heads vote, or with none."""
    known = PACKS[0].council.head_votes
    assert known is not None
    rule = None if heads_vote is None else replace(known, allowed=heads_vote)
    return replace(PACKS[0], council=replace(PACKS[0].council, head_votes=rule))


def said(out: str, flagged: str) -> Conflict:
    """Write a conflict down in short."""
    return Conflict(frozenset(out), frozenset(flagged))


@pytest.mark.parametrize(
    ("title", "heads_vote", "expected"),
    [
        ("GIAY_KHEN", True, said("cn", "h")),
        ("GIAY_KHEN", None, said("cn", "h")),
        ("GIAY_KHEN", False, said("chn", "")),
        # By law every member counts on this one, the nominee too.
        ("CSTDT", True, said("c", "hn")),
        ("CSTDT", False, said("c", "hn")),
    ],
)
def test_the_rules_say_whether_nominee_and_head_step_out_or_are_flagged(
    title: str, heads_vote: bool | None, expected: Conflict
) -> None:
    assert conflict(ruling(heads_vote), title, NOMINEE, HEAD, COUSIN) == expected


def test_a_head_steps_out_of_a_line_on_the_department_itself() -> None:
    collective = conflict(ruling(heads_vote=False), "CO_TINH", (), HEAD, ())

    assert collective == said("h", "")


def test_whoever_steps_out_for_one_reason_is_not_flagged_for_another() -> None:
    pack = ruling(heads_vote=True)

    own = conflict(pack, "GIAY_KHEN", NOMINEE, NOMINEE, ())
    recused = conflict(pack, "GIAY_KHEN", NOMINEE, HEAD, HEAD)

    assert (own, recused) == (said("n", ""), said("hn", ""))


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: str(pack.code))
def test_the_shipped_packs_let_heads_vote(pack: RulePack) -> None:
    assert pack.council.head_votes is not None
    assert pack.council.heads_vote
