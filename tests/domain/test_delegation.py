"""A power is good for its acts, for its days, and while both hold their offices."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.acts import ACTS
from domain.delegation import (
    CAPACITIES,
    DELEGABLE,
    Capacity,
    Power,
    against_giving,
    against_use,
)
from domain.roles import Role

DEPUTY, HEAD = frozenset({Role.DEPUTY_DIRECTOR}), frozenset({Role.DEPARTMENT_HEAD})
DIRECTOR = frozenset({Role.DIRECTOR})
POWER = Power(
    Capacity.SIGNED_FOR,
    frozenset({"decide"}),
    date(2022, 7, 1),
    date(2022, 7, 16),
    "Giấy ủy quyền số 12/GUQ-VP",
)
# 1 July begins, and 15 July ends, at midnight in Vietnam.
FIRST = datetime(2022, 6, 30, 17, tzinfo=UTC)
OVER = datetime(2022, 7, 15, 17, tzinfo=UTC)
ONE_SECOND = timedelta(seconds=1)


def rule_against(power: Power, kind: str, at: datetime) -> str | None:
    """Name the rule that speaks against an act of a deputy, if one does."""
    refusal = against_use(power, kind, at, DEPUTY, DIRECTOR)
    return refusal.rule if refusal else None


@pytest.mark.parametrize(
    ("at", "rule"),
    [
        (FIRST - ONE_SECOND, "delegation.period"),
        (FIRST, None),
        (OVER - ONE_SECOND, None),
        (OVER, "delegation.period"),
    ],
)
def test_a_power_holds_from_the_first_day_to_the_end_of_the_last(
    at: datetime, rule: str | None
) -> None:
    assert rule_against(POWER, "decide", at) == rule


def test_what_came_before_a_revocation_stands_and_what_came_with_it_does_not() -> None:
    revoked = replace(POWER, revoked_at=FIRST + ONE_SECOND)

    found = [rule_against(revoked, "decide", at) for at in (FIRST, FIRST + ONE_SECOND)]

    assert found == [None, "delegation.period"]


def test_a_power_covers_its_own_acts_only() -> None:
    covered = [kind for kind in ACTS if rule_against(POWER, kind, FIRST) is None]

    assert covered == ["decide"]


@pytest.mark.parametrize(
    ("delegate", "giver"), [(HEAD, DIRECTOR), (frozenset(), DIRECTOR), (DEPUTY, DEPUTY)]
)
def test_a_power_ends_with_the_office_of_either(
    delegate: frozenset[Role], giver: frozenset[Role]
) -> None:
    refusal = against_use(POWER, "decide", FIRST, delegate, giver)

    assert refusal is not None
    assert refusal.rule == "delegation.in_office"


def test_a_deputy_signs_kt_and_a_head_of_department_otherwise() -> None:
    held = {
        capacity: (rule.prefix, rule.held_by) for capacity, rule in CAPACITIES.items()
    }

    assert held == {
        Capacity.SIGNED_FOR: ("KT.", Role.DEPUTY_DIRECTOR),
        Capacity.BY_ORDER: ("TL.", Role.DEPARTMENT_HEAD),
        Capacity.BY_AUTHORISATION: ("TUQ.", Role.DEPARTMENT_HEAD),
    }


def test_every_reason_against_giving_is_told_at_once() -> None:
    wrong = replace(
        POWER, capacity=Capacity.BY_ORDER, acts=frozenset({"decide", "answer_late"})
    )

    codes = [each.code for each in against_giving(wrong, DEPUTY, date(2022, 7, 2))]

    assert codes == ["wrong_capacity", "not_delegable", "bad_period"]
    assert against_giving(POWER, DEPUTY, date(2022, 7, 1)) == ()


def test_only_what_is_the_directors_to_do_can_be_delegated() -> None:
    assert all(Role.DIRECTOR in ACTS[kind].who for kind in DELEGABLE)
    assert DELEGABLE.isdisjoint({"delegate", "revoke_delegation"})
