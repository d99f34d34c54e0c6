"""Who a paper is of: the office, its council or one of its departments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from domain.calendar import day_vi, local_day
from domain.numbering import decision_series, numbered, symbol_of
from papers.official.paper import Origin
from papers.official.writing import ROOM, day_in_full
from store.clock import now
from store.office.letterhead import last_numbered, letterhead_of, series_in_use
from store.plans import head_of, plan_of, warnings_of
from store.record import head_link
from store.tables import Campaign

COUNCIL = "Hội đồng Thi đua - Khen thưởng"
_COUNCIL_SYMBOL = "HĐTĐKT"


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """What every paper of a campaign has in common, when it is made.

    *head* is the post of whoever leads the agency, *series* that of its decisions;
    *record* is the beginning of the digest of the record's last act, and *warnings* is
    what the rules warn of, which a draft says.
    """

    parent: str
    issuer: str
    place: str
    symbol: str
    series: str
    head: str
    year: int
    plan: str
    recipients: tuple[str, ...]
    record: str
    warnings: tuple[str, ...]
    made_at: datetime


def letterhead(
    session: Session, campaign: Campaign, pack: str | None = None
) -> Letterhead:
    """Read the letterhead, with the warnings of one *pack* of rules, or of all."""
    plan, said = plan_of(session, campaign.id), letterhead_of(session)
    series = series_in_use(last_numbered(session), said.symbol)
    symbol = said.symbol or symbol_of(series) or ROOM
    return Letterhead(
        parent=said.parent,
        issuer=plan.issuer,
        place=said.place or ROOM,
        symbol=symbol,
        series=series or decision_series(symbol),
        head=head_of(campaign.plan),
        year=plan.year,
        plan=plan.title,
        recipients=plan.recipients,
        record=head_link(session, campaign.id)[1][:16],
        warnings=tuple(warnings_of(campaign, pack)),
        made_at=now(session),
    )


def of_office(
    by: Letterhead, key: str, kind: str, day: date | None = None
) -> dict[str, Any]:
    """Head a paper of the office, with room for a number: «Số:   /TB-VP»."""
    return _headed(by, key, day) | {
        "parent": by.parent,
        "issuer": by.issuer,
        "number": f"Số: {numbered(None, f'{kind}-{by.symbol}')}",
    }


def of_council(
    by: Letterhead, key: str, kind: str, day: date | None = None
) -> dict[str, Any]:
    """Head a paper of the council, which numbers its own."""
    return _headed(by, key, day) | {
        "parent": by.issuer,
        "issuer": COUNCIL,
        "number": f"Số: {numbered(None, f'{kind}-{_COUNCIL_SYMBOL}')}",
    }


def of_department(
    by: Letterhead, key: str, name: str, day: date | None = None
) -> dict[str, Any]:
    """Head a paper of a department, which stays inside and has no number."""
    return _headed(by, key, day) | {"parent": by.issuer, "issuer": name}


def _headed(by: Letterhead, key: str, day: date | None) -> dict[str, Any]:
    code = f"{key} · {by.record}" if by.record else key
    return {
        "place_and_day": f"{by.place}, {day_in_full(day)}",
        "origin": Origin(code=code, made_at=by.made_at),
    }


def draft(by: Letterhead, *, signed: bool, because: str = "chưa ký") -> tuple[str, ...]:
    """Say of a paper that is not signed that it is a draft, and what the rules warn of.

    A signed one says neither.
    """
    if signed:
        return ()
    made_on = day_vi(local_day(by.made_at))
    return (f"Dự thảo, {because}; lập {made_on}.", *by.warnings)


def council_recipients(*more: str) -> Sequence[str]:
    """Name who gets a paper of the council: its members, others, and the file."""
    return ("Các thành viên Hội đồng", *more, "Lưu: Hồ sơ Hội đồng")
