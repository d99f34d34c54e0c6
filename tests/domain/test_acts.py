"""The table of acts is whole, and says no more and no less than the moves do."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Any

import pytest

import activities.all  # noqa: F401 - every effect is registered
from activities.effects.registry import EFFECTS, Call, effect
from activities.lines import move
from activities.stages import reach, reach_all
from domain.acts import (
    ACTS,
    COMMANDS,
    DEADLINES,
    RULES,
    TIME,
    Undeclared,
    require_deadline,
    require_move,
    require_whole,
    strange_deadlines,
)
from domain.cases.procedures import PROCEDURES
from domain.deadlines import DeadlineKind
from domain.ids import Kind
from domain.ladder import Ladder
from domain.outgoing.deliveries import DeliveryState
from domain.roles import Role
from domain.states import (
    CampaignState,
    LineState,
    PhaseState,
    SubmissionState,
    WindowState,
)
from intake.acts.bodies import BODIES
from intake.acts.saying import says
from intake.fields import Empty
from store.database import Database
from store.tables import Phase, Submission, Window
from tests.domain.test_moves import FIRST, pairs_of
from tests.store.rows import PHASE, a_deed, a_line, found, write_lines
from tests.store.test_constraints import a_submission

SECRETARIAT = frozenset({Role.SECRETARIAT})
# Moves of a line that exist on paper, and that nothing makes yet.
UNMADE = {
    (LineState.ELIGIBLE, LineState.NOMINATED),
    (LineState.INELIGIBLE, LineState.NOMINATED),
    (LineState.ON_BALLOT, LineState.DEFERRED),
    (LineState.ON_BALLOT, LineState.ELIGIBLE),
    (LineState.DEFERRED, LineState.NOMINATED),
}


def declared(kind: type[StrEnum]) -> set[tuple[StrEnum, StrEnum]]:
    """List all moves of a kind that some act, or time, makes."""
    return {
        pair
        for rule in RULES.values()
        for each in rule.transitions
        if each.kind is kind
        for pair in each.pairs
    }


def setting(deadline: str) -> list[str]:
    return [rule.kind for rule in RULES.values() if deadline in rule.opens]


def ending(deadline: str) -> list[str]:
    return [rule.kind for rule in RULES.values() if deadline in rule.ends]


@pytest.mark.parametrize("kind", [each for each in FIRST if each is not DeliveryState])
def test_every_move_that_exists_is_made_by_an_act_or_by_time(
    kind: type[StrEnum],
) -> None:
    unmade = UNMADE if kind is LineState else set()

    assert declared(kind) | unmade == pairs_of(kind)
    assert not declared(kind) & unmade


def test_every_act_has_a_name_of_its_own_and_a_target_that_exists() -> None:
    assert len({act.summary for act in ACTS.values()}) == len(ACTS)
    # Nobody acts on the outbox: time alone moves it.
    assert {act.target for act in ACTS.values()} == set(Kind) - {Kind.OUTBOX}
    assert not set(ACTS) & set(TIME)


def test_every_state_that_an_act_asks_for_leads_on_or_stays() -> None:
    """What an act brings about is a move from one of the states that it asks for."""
    idle = [
        (rule.kind, to)
        for rule in RULES.values()
        for each in rule.transitions
        for to in each.goes_to
        if to not in each.comes_from and to not in {after for _, after in each.pairs}
    ]

    assert idle == []


def test_every_deadline_is_set_by_somebody_and_ended_by_somebody() -> None:
    assert all(setting(each) and ending(each) for each in DEADLINES)


@pytest.mark.parametrize(
    ("name", "rule", "said"),
    [
        (
            "late_answer",
            {"owed": {}},
            "late_answer reminds of nothing, or nobody of what is owed",
        ),
        ("phase", {"owed": {"publish": SECRETARIAT}}, "phase reminds of nothing"),
        ("launch", {"owed": {"launch": SECRETARIAT}}, "by nobody who may do it"),
        ("launch", {"owed": {"start": SECRETARIAT}}, "by nobody who may do it"),
        ("launch", {"ended_by": "amend"}, "amend does not end launch"),
        ("launch", {"ladder": Ladder.DEPARTMENT}, "owed to no department"),
    ],
)
def test_what_a_deadline_lacks_keeps_the_service_from_starting(
    name: str, rule: dict[str, Any], said: str
) -> None:
    spoiled = {**DEADLINES, name: replace(DEADLINES[name], **rule)}

    assert list(strange_deadlines(DEADLINES)) == []
    assert any(said in each for each in strange_deadlines(spoiled))


def test_a_deadline_that_no_rule_stands_behind_is_named() -> None:
    known = {kind: rule for kind, rule in DEADLINES.items() if kind != "late_answer"}

    found = list(strange_deadlines(known))

    assert found == ["late_answer is a deadline without a rule"]


def test_a_deadline_that_nothing_sets_is_named_and_one_with_too_long_a_name() -> None:
    rule, name = replace(DEADLINES["late_answer"], ended_by=None), "i" * 33
    more = {**DEADLINES, name: rule}

    assert list(strange_deadlines(more)) == [
        f"{name} is a longer name than the rows have room for",
        f"nothing sets {name}",
    ]


def test_an_effect_reads_what_its_act_says() -> None:
    def effect_of_another(_call: Call, _body: Empty) -> None: ...

    with pytest.raises(Undeclared, match="request_late"):
        effect("request_late")(effect_of_another)


def test_an_act_says_one_thing() -> None:
    with pytest.raises(Undeclared, match="request_late"):
        says("request_late")(Empty)


def test_every_act_on_a_matter_is_a_step_of_some_procedure() -> None:
    steps = {act for procedure in PROCEDURES.values() for act in procedure.steps}

    assert steps == {act.kind for act in ACTS.values() if act.target == Kind.CASE}


@pytest.mark.parametrize("kinds", [BODIES, EFFECTS])
def test_every_act_has_its_body_and_its_effect(kinds: Iterable[str]) -> None:
    assert set(kinds) == COMMANDS


@pytest.mark.parametrize("kinds", [[*COMMANDS, "postpone"], COMMANDS - {"submit"}])
def test_a_forgotten_part_of_an_act_is_named(kinds: Iterable[str]) -> None:
    with pytest.raises(Undeclared, match=r"postpone|submit"):
        require_whole("a body", kinds)


def test_an_act_makes_only_the_moves_that_it_declares() -> None:
    require_move("submit", SubmissionState.RECALLED, SubmissionState.SUBMITTED)
    require_move("submit", SubmissionState.SUBMITTED, SubmissionState.SUBMITTED)

    with pytest.raises(Undeclared, match="recall"):
        require_move("recall", SubmissionState.RECALLED, SubmissionState.SUBMITTED)
    # Of a phase, though a campaign's states have the same names.
    with pytest.raises(Undeclared, match="CampaignState"):
        require_move("open_phase", CampaignState.SUSPENDED, CampaignState.RUNNING)


def test_an_act_sets_only_the_deadlines_that_it_declares() -> None:
    require_deadline("forward", DeadlineKind.ANSWER, Kind.DECISION)

    with pytest.raises(Undeclared, match="answer"):
        require_deadline("issue", DeadlineKind.ANSWER, Kind.DECISION)
    # An act's own is owed to what the act is aimed at.
    with pytest.raises(Undeclared, match="late_answer of a phase"):
        require_deadline("request_late", DeadlineKind.LATE_ANSWER, Kind.PHASE)


def test_reaching_a_state_is_judged_by_the_table_of_acts(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        found(session)
        session.add(a_submission())
        deed = a_deed(session, "forward")
        phase = session.get_one(Phase, PHASE)
        row = session.get_one(Submission, (PHASE, "VP"))

        with pytest.raises(Undeclared, match="forward"):
            reach(deed, phase, PhaseState.RUNNING)
        with pytest.raises(Undeclared, match="forward"):
            reach(deed, row, SubmissionState.PEER_REVIEWED)
        with pytest.raises(Undeclared, match="forward"):
            reach_all(deed, Window, WindowState.CLOSED)
        session.rollback()


def test_a_line_is_moved_by_the_acts_alone_that_declare_it(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        found(session)
        line = a_line()
        write_lines(a_deed(session, "submit"), [line])

        with pytest.raises(Undeclared, match="forward"):
            move(a_deed(session, "forward"), [line], LineState.ELIGIBLE)
        move(a_deed(session, "appraise"), [line], LineState.ELIGIBLE)

        assert (line.state, line.moves) == (LineState.ELIGIBLE, 2)
        session.rollback()
