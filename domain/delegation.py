"""When somebody may sign for the director: in what capacity, which acts, until when."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.acts import ACTS
from domain.calendar import ONE_DAY, day_vi, local_day
from domain.refusals import Certainty, Refusal
from domain.roles import ROLE_NAMES, Role

# The decree on clerical work.
LAW = "Nghị định 30/2020/NĐ-CP, Điều 13"


class Capacity(StrEnum):
    """How a signature for the director is given."""

    SIGNED_FOR = "signed_for"
    BY_ORDER = "by_order"
    BY_AUTHORISATION = "by_authorisation"


@dataclass(frozen=True)
class CapacityRule:
    """What stands above the signature, who may sign so, and which acts."""

    prefix: str
    name: str
    held_by: Role
    acts: frozenset[str]


DELEGABLE = frozenset(kind for kind, rule in ACTS.items() if rule.delegable)
# «Some kinds of papers» only, and none that grants anything.
_MINOR = frozenset({"extend_deadline", "answer_late"})

CAPACITIES: Mapping[Capacity, CapacityRule] = {
    Capacity.SIGNED_FOR: CapacityRule(
        "KT.", "ký thay", Role.DEPUTY_DIRECTOR, DELEGABLE
    ),
    Capacity.BY_ORDER: CapacityRule(
        "TL.", "ký thừa lệnh", Role.DEPARTMENT_HEAD, _MINOR
    ),
    Capacity.BY_AUTHORISATION: CapacityRule(
        "TUQ.", "ký thừa ủy quyền", Role.DEPARTMENT_HEAD, DELEGABLE
    ),
}


@dataclass(frozen=True)
class Power:
    """What one person may sign for the director, as it was given; *ends* is out."""

    capacity: Capacity
    acts: frozenset[str]
    starts: date
    ends: date
    basis: str
    revoked_at: datetime | None = None


def against_giving(
    power: Power, offices: Set[Role], today: date
) -> tuple[Refusal, ...]:
    """Find all that speaks against giving a power to a holder of *offices*."""
    return tuple(_against_giving(power, offices, today))


def _against_giving(power: Power, offices: Set[Role], today: date) -> Iterator[Refusal]:
    rule = CAPACITIES[power.capacity]
    if rule.held_by not in offices:
        yield _by_law(
            "wrong_capacity",
            f"Người ký «{rule.prefix}» ({rule.name}) phải là "
            f"{ROLE_NAMES[rule.held_by]} vào ngày ủy quyền bắt đầu.",
            "delegation.capacity",
        )
    beyond = sorted(power.acts - rule.acts)
    if beyond:
        yield _by_law(
            "not_delegable",
            f"Không giao «{rule.prefix}» được: {', '.join(beyond)}. "
            f"Giao được: {', '.join(sorted(rule.acts))}.",
            "delegation.scope",
        )
    if power.starts < today or power.ends <= power.starts:
        yield _by_law(
            "bad_period",
            f"Ủy quyền phải bắt đầu từ hôm nay ({day_vi(today)}) trở đi, và không kết "
            "thúc trước ngày bắt đầu.",
            "delegation.period",
        )


def against_repeating(power: Power, given: Iterable[Power]) -> Refusal | None:
    """Find the power, *given* to the same person, that covers this one on some day."""
    for known in given:
        together = power.starts < known.ends and known.starts < power.ends
        same = known.capacity is power.capacity and power.acts <= known.acts
        if same and together and known.revoked_at is None:
            prefix = CAPACITIES[known.capacity].prefix
            return Refusal(
                "already_delegated",
                f"Đã ủy quyền cho người này ký {prefix} các việc đó, {_span(known)}; "
                "muốn đổi thì thu hồi ủy quyền đó trước.",
            )
    return None


def against_use(
    power: Power, kind: str, moment: datetime, offices: Set[Role], giver: Set[Role]
) -> Refusal | None:
    """Find what speaks against an act of *kind*, received at *moment*, under a power.

    *offices* are the delegate's and *giver* the giver's, on that day: a power ends
    with the office of either.
    """
    if beyond := next(_limits(power, kind, moment), None):
        return _beyond(power, *beyond)
    if CAPACITIES[power.capacity].held_by in offices and Role.DIRECTOR in giver:
        return None
    return _beyond(
        power,
        "in_office",
        "đã hết hiệu lực vì người giao hoặc người được giao không còn giữ chức vụ.",
    )


def _limits(power: Power, kind: str, moment: datetime) -> Iterator[tuple[str, str]]:
    """Say beyond which of its own limits a power would be used, and why."""
    day = local_day(moment)
    if power.revoked_at is not None and power.revoked_at <= moment:
        yield "period", "đã bị thu hồi trước khi bạn làm việc này."
    if not power.starts <= day < power.ends:
        yield "period", f"không có hiệu lực vào ngày {day_vi(day)}: {_span(power)}."
    if kind not in power.acts:
        covered = "; ".join(ACTS[act].summary for act in sorted(power.acts))
        yield "scope", f"không gồm việc «{ACTS[kind].summary}»; chỉ gồm: {covered}."


def _beyond(power: Power, rule: str, what: str) -> Refusal:
    prefix = CAPACITIES[power.capacity].prefix
    return Refusal(
        "beyond_delegation",
        f"Ủy quyền ký {prefix} Chánh Văn phòng {what}",
        rule=f"delegation.{rule}",
        source=f"{power.basis}; {LAW}",
        certainty=Certainty.VERIFIED,
    )


def _by_law(code: str, detail: str, rule: str) -> Refusal:
    return Refusal(code, detail, rule, LAW, Certainty.VERIFIED)


def _span(power: Power) -> str:
    return f"từ {day_vi(power.starts)} đến hết {day_vi(power.ends - ONE_DAY)}"
