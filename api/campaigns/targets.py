"""The ledger of targets: how far each is at each stage, and if lines pass or fail."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Query

from api.admission import reads
from api.answers import Answer
from api.deps import Reading, ThePhase
from api.headers import Router
from api.identity import Asking
from api.paging import Cursor, Limit, Page, further
from domain.calendar import day_vi
from domain.council.course import Fate
from domain.policy.readings import PREPARING
from domain.refusals import Certainty, Refusal, in_words
from domain.reports.targets import Denominator, Progress, TargetResult
from store.findings.supposing import LineFate, Supposed, suppose
from store.findings.targets import Yardstick, said, stages, yardstick
from store.office.standing import roles_today

router = Router(prefix="/api/v1/phases/{key}/targets", tags=["phase"])

# As many of each as one sheet takes; an address of 64 KiB has room for far more.
Lines = Annotated[frozenset[UUID], Query(max_length=300)]


class MeasuredTargetOut(Answer):
    """A target against one whole, as it is reached; *note*: where a quota stops it."""

    title: str
    ratio: str
    denominator: Denominator
    of: int
    needed: int
    reached: int
    share: str | None
    met: bool
    note: str | None = None


class TargetOut(MeasuredTargetOut):
    """A target against one whole, and how many are still wanting."""

    missing: int


class WholeOut(Answer):
    """Of how many a share is taken, and who these are."""

    denominator: Denominator
    of: int
    said: str


class UncountedOut(Answer):
    """Somebody who is not counted, and why."""

    person: str
    detail: str


class LeftOutOut(Answer):
    """Whom a rule keeps out of the participants."""

    rule: str
    source: str | None
    certainty: Certainty | None
    warning: str | None
    count: int
    people: list[UncountedOut]


class LedgerOut(Answer):
    """Each target at each stage, and what it is measured by, as of one day.

    Lines that few may read count for who prepares votes alone, and so is *left_out*
    told to them: rules that keep people out may speak of discipline or health.
    """

    phase: str
    day: date
    pack: str
    warning: str | None
    wholes: list[WholeOut]
    left_out: list[LeftOutOut]
    stages: dict[Progress, list[TargetOut]]


class LineFateOut(Answer):
    """What would become of a line, and why."""

    line: UUID
    department: str
    subject: str
    title: str
    fate: Fate
    reason: str | None


class SupposedOut(Answer):
    """What a vote would come to: each target after it; the lines are behind it.

    *lines* is how many wait: what would become of each stands under `what-if/lines`.
    """

    lines: int
    targets: list[TargetOut]


def supposed(
    passing: Lines = frozenset(),
    failing: Lines = frozenset(),
    others: Literal["pass", "fail"] = "pass",
) -> Supposed:
    """Read what is supposed."""
    return Supposed(passing, failing, others)


Supposing = Annotated[Supposed, Depends(supposed)]


@router.get("", summary="Khoảng cách đến từng chỉ tiêu", dependencies=[reads("ledger")])
def read(phase: ThePhase, session: Reading, person: Asking) -> LedgerOut:
    """Measure each target at each stage, from the registration to the award."""
    by = yardstick(session, phase)
    prepares = bool(roles_today(session, person.id) & PREPARING)
    reached = stages(session, phase.campaign, whole=prepares)
    return LedgerOut(
        phase=phase.id,
        day=by.roll.day,
        pack=by.pack.code,
        warning=by.pack.warning_vi,
        wholes=_wholes(by),
        left_out=_left_out(by) if prepares else [],
        stages={stage: _out(by.measure(reached[stage])) for stage in Progress},
    )


@router.get(
    "/what-if",
    summary="Nếu các đề nghị đạt hoặc không đạt",
    responses={409: {}},
    dependencies=[reads("vote")],
)
def what_if(phase: ThePhase, session: Reading, asked: Supposing) -> SupposedOut:
    """Follow a vote by the rules and the quota, in the order of dependence."""
    found = suppose(session, phase, asked)
    return SupposedOut(lines=len(found.lines), targets=_out(found.targets))


@router.get(
    "/what-if/lines",
    summary="Từng đề nghị, nếu các đề nghị đạt hoặc không đạt",
    responses={409: {}},
    dependencies=[reads("vote")],
)
def fates(
    phase: ThePhase,
    session: Reading,
    asked: Supposing,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[LineFateOut]:
    """List what would become of each line, in the order of dependence."""
    found = suppose(session, phase, asked)
    return further(found.lines, limit, cursor, lambda one: one.line, _fate)


_FATES = {
    Fate.PASSES: None,
    Fate.DOWNGRADED: "Xếp sau số được tặng nhiều nhất theo quy định.",
    Fate.TIED: "Xếp ngang nhau ở những chỗ cuối; bỏ phiếu rồi mới biết.",
    Fate.OPEN: "Tùy kết quả của các đề nghị còn xếp ngang nhau mà đề nghị này dựa vào.",
    Fate.FAILS: "Giả định không đạt.",
}


def _fate(one: LineFate) -> LineFateOut:
    said = in_words(one.against)
    return LineFateOut(
        line=one.line,
        department=one.department,
        subject=one.subject,
        title=one.title,
        fate=one.fate,
        reason=said if one.fate is Fate.FAILS and said else _FATES[one.fate],
    )


def _out(results: Iterable[TargetResult]) -> list[TargetOut]:
    return [TargetOut(**said(each), missing=each.missing) for each in results]


def _wholes(by: Yardstick) -> list[WholeOut]:
    """Say who is counted: as the rows have it now, of the phase's last day."""
    on = day_vi(by.roll.day)
    asked = ", ".join(by.pack.policies.participants_meet)
    said_of = {
        Denominator.DEPARTMENTS: f"Các phòng là tập thể, có người vào ngày {on}.",
        Denominator.PARTICIPANTS: "Người trong các phòng đó thuộc đối tượng tham gia "
        f"phong trào: đạt các tiêu chuẩn {asked}.",
        Denominator.HEADCOUNT: f"Mọi người của các phòng đó vào ngày {on}.",
    }
    return [
        WholeOut(denominator=kind, of=of, said=said_of[kind])
        for kind, of in by.heads.items()
    ]


def _left_out(by: Yardstick) -> list[LeftOutOut]:
    return [
        LeftOutOut(
            rule=rule,
            source=people[0][1].source,
            certainty=people[0][1].certainty,
            warning=people[0][1].warning,
            count=len(people),
            people=_people(people),
        )
        for rule, people in by.left_out.items()
    ]


def _people(people: Iterable[tuple[str, Refusal]]) -> list[UncountedOut]:
    return [UncountedOut(person=who, detail=refusal.detail) for who, refusal in people]
