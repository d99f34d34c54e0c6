"""A decision on awards as a paper, and one that amends it.

Law: NĐ 30/2020/NĐ-CP Phụ lục I, III (mẫu quyết định cá biệt).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from domain.calendar import day_vi, local_day
from domain.delegation import CAPACITIES, Capacity
from domain.states import DecisionKind
from papers.official.paper import (
    Article,
    ListedTable,
    OfficialPaper,
    Origin,
    Signature,
    basis_lines,
    day_in_full,
    numbered,
)

_SERIES = "QĐ-VP"  # what stands on a draft until the clerk has numbered it
_MONEY = "Mức tiền thưởng và nguồn chi theo quy định của pháp luật hiện hành."
_COUNCIL = "Hội đồng Thi đua - Khen thưởng"
_COLUMNS = ("TT", "Họ và tên, tập thể", "Đơn vị", "Danh hiệu, hình thức khen thưởng")
_WIDTHS = (1, 5, 5, 5)


@dataclass(frozen=True, kw_only=True)
class AwardedLine:
    """Who is awarded what, by names; *collective* tells a department from a person."""

    subject: str
    department: str
    award: str
    collective: bool


@dataclass(frozen=True, kw_only=True)
class DecisionFacts:
    """What the rows say of a decision, when the paper is made.

    *head* is the post of whoever leads the agency; *signer_post* that of the one who
    has signed in a *capacity* for them. *amends* is the number and day of what another
    decision amends, and *content* what it changes and why.
    """

    key: str
    kind: DecisionKind
    issuer: str
    head: str
    place: str
    occasion: str
    pack: str
    number: int | None
    series: str | None
    signed_on: date | None
    signer: str | None
    signer_post: str | None
    capacity: Capacity | None
    by_council: bool
    recipients: tuple[str, ...]
    lines: tuple[AwardedLine, ...]
    amends: str | None
    content: dict[str, Any]
    warning: str | None
    head_digest: str | None
    made_at: datetime


def decision_paper(facts: DecisionFacts) -> OfficialPaper:
    """Write a decision; one that is not signed yet is a draft, and says so."""
    articles = _articles(facts)
    return OfficialPaper(
        parent="",
        issuer=facts.issuer,
        number=f"Số: {_number(facts)}",
        place_and_day=f"{facts.place}, {_day(facts)}",
        kind="QUYẾT ĐỊNH",
        subject=_subject(facts),
        authority=f"{facts.head}",
        bases=basis_lines([*_bases(facts.pack), *_amended(facts)]),
        proposal=f"Theo đề nghị của {_COUNCIL}." if facts.by_council else "",
        resolves="QUYẾT ĐỊNH:",
        articles=tuple(
            Article(heading=f"Điều {at}.", text=text)
            for at, text in enumerate(articles, 1)
        ),
        recipients=_recipients(facts.recipients, len(articles)),
        signature=Signature(capacity=_capacity(facts), name=facts.signer or ""),
        annexes=_annexes(facts),
        reservations=_reservations(facts),
        origin=Origin(code=_code(facts), made_at=facts.made_at),
    )


def _number(facts: DecisionFacts) -> str:
    return numbered(facts.number, facts.series or _SERIES)


def _day(facts: DecisionFacts) -> str:
    if facts.signed_on is None:
        return "ngày      tháng      năm          "
    return day_in_full(facts.signed_on)


def _subject(facts: DecisionFacts) -> str:
    match facts.kind:
        case DecisionKind.AWARD:
            return f"Về việc công nhận danh hiệu thi đua, khen thưởng {facts.occasion}"
        case DecisionKind.CORRECTION:
            return f"Về việc đính chính {facts.amends}"
    return f"Về việc hủy bỏ kết quả khen thưởng tại {facts.amends}"


def _amended(facts: DecisionFacts) -> Sequence[str]:
    return [f"Căn cứ {facts.amends}"] if facts.amends else []


def _articles(facts: DecisionFacts) -> Sequence[str]:
    ending = (
        "Quyết định này có hiệu lực kể từ ngày ký. Trưởng các phòng có liên quan và "
        "tập thể, cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này."
    )
    content = facts.content
    match facts.kind:
        case DecisionKind.AWARD:
            awards = f"{_awards(facts)} (có danh sách kèm theo)."
            return [awards, _MONEY, ending]
        case DecisionKind.CORRECTION:
            said = f"«{content['printed']}» nay đọc là «{content['corrected']}»"
            return [f"Đính chính {facts.amends}: {said}. {content['reason']}", ending]
    reason = content.get("reason", "")
    undone = "; ".join(f"{each.award}: {each.subject}" for each in facts.lines)
    return [f"Hủy bỏ kết quả tại {facts.amends}: {undone}. {reason}", ending]


def _awards(facts: DecisionFacts) -> str:
    together = sum(each.collective for each in facts.lines)
    alone = len(facts.lines) - together
    parts = [
        f"{many:02} {what}"
        for many, what in ((together, "lượt tập thể"), (alone, "lượt cá nhân"))
        if many
    ]
    whom = " và ".join(parts) or "các tập thể, cá nhân"
    return f"Công nhận danh hiệu thi đua, khen thưởng {whom} {facts.occasion}"


def _annexes(facts: DecisionFacts) -> tuple[ListedTable, ...]:
    if facts.kind is not DecisionKind.AWARD:
        return ()
    rows = tuple(
        (str(at), each.subject, each.department, each.award)
        for at, each in enumerate(facts.lines, 1)
    )
    return (
        ListedTable(
            title="DANH SÁCH TẬP THỂ, CÁ NHÂN ĐƯỢC KHEN THƯỞNG",
            subtitle=f"(Kèm theo Quyết định số {_number(facts)} {_day(facts)})",
            columns=_COLUMNS,
            widths=_WIDTHS,
            rows=rows,
        ),
    )


def _capacity(facts: DecisionFacts) -> tuple[str, ...]:
    head = facts.head.upper()
    if facts.capacity is None:
        return (head,)
    own = (facts.signer_post or "").upper()
    return (f"{CAPACITIES[facts.capacity].prefix} {head}", own)


def _recipients(others: Sequence[str], last: int) -> tuple[str, ...]:
    named = [f"Như Điều {last}", *(each.rstrip(" .;") for each in others)]
    kept = [each for each in named if not each.startswith("Lưu")]
    filed = [each for each in named if each.startswith("Lưu")] or ["Lưu: VT"]
    return (*(f"{each};" for each in kept), f"{filed[-1]}.")


def _reservations(facts: DecisionFacts) -> tuple[str, ...]:
    if facts.signed_on is not None:
        return ()
    unsigned = f"Dự thảo, chưa ký; lập {day_vi(local_day(facts.made_at))}."
    return (unsigned, *([facts.warning] if facts.warning else ()))


def _code(facts: DecisionFacts) -> str:
    head = f" · {facts.head_digest[:16]}" if facts.head_digest else ""
    return f"{facts.key}{head}"


@cache
def _all_bases() -> dict[str, list[str]]:
    text = Path(__file__).with_name("bases.yaml").read_text("utf-8")
    read: dict[str, list[str]] = yaml.safe_load(text)
    return read


def _bases(pack: str) -> list[str]:
    return _all_bases().get(pack, [])
