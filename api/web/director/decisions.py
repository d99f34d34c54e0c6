"""Decisions: those that wait first, and a page of each, on which it is decided."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import Depends, Path, Query, Response
from sqlmodel import Session, col, func, select

from api.admission import open_to, reads
from api.campaigns.decisions import DecisionLineOut, shown
from api.campaigns.phases import LineOut, shown_lines
from api.campaigns.signed import SignedPaperOut, signed_papers
from api.deps import Reading
from api.identity import Asking, Shown, who_asks
from api.paging import Cursor, Order, page
from api.tasks import TaskOut
from api.web.acting.paths import page_of
from api.web.director.course import LineCourse, courses_of
from api.web.director.powers import offers_to_delegate, powers_today
from api.web.director.register import next_number
from api.web.naming import called
from api.web.offered import offered
from api.web.papers import certificates_on, papers_on
from api.web.rendering import render
from api.web.tasks import tasks_at, where
from api.web.visiting import pages
from domain import ids
from domain.ids import Kind, WorkflowId
from domain.rules.titles import Title
from intake.fields import Key
from papers.official.kinds import PaperOf
from store.database import one_of
from store.knowing.decisions import decision_for, known_decisions
from store.knowing.lines import closed_lines
from store.office.standing import standing_of
from store.plans import pack_of
from store.tables import Decision, DecisionLine, Nomination, Person, Phase, Posting

router = pages()

_MANY, _ON_A_PAGE = 50, 300
_LATEST = Order(Decision, ("campaign", "phase", "ordinal"), last_first=True)
_LINES = Order(Nomination, ("title", "department", "subject", "id"))
# So many may be told apart from the others at once, each with a word of its own.
Chosen = Annotated[list[UUID], Query(max_length=500)]


def the_decision(
    key: Annotated[Key, Path(max_length=80)], session: Reading, visitor: Asking
) -> Decision:
    """Find a decision that the visitor may know. Refused (`unknown_decision`)."""
    return decision_for(session, key, visitor.id)


TheDecision = Annotated[Decision, Depends(the_decision)]


@dataclass(frozen=True)
class LineToDecide:
    """A line before the director: its dossier, its way until now, and the word on it.

    *own* is one on the visitor, which is left to somebody else.
    """

    dossier: LineOut
    said: DecisionLineOut
    course: LineCourse
    own: bool


@dataclass(frozen=True)
class DecisionTitle:
    """Lines of a decision on one title."""

    title: Title
    lines: Sequence[LineToDecide]


@router.get("/quyet-dinh", dependencies=[reads("decisions")])
def decisions(
    session: Reading,
    visitor: Asking,
    sau: Cursor = None,
    giai_doan: Annotated[str | None, Query(max_length=80)] = None,
) -> Response:
    """List the decisions, and what of them waits for the visitor."""
    query = select(Decision).where(known_decisions(session, visitor.id))
    if giai_doan is not None:
        query = query.where(Decision.phase == giai_doan)
    rows = _LATEST.rows(session, query, _MANY, sau)
    read = page(rows, _MANY, _LATEST.place, lambda row: row.id)
    phases = _phases(session, rows)
    return render(
        "director/decisions.html",
        visitor=visitor,
        decisions=[(row, phases[row.phase]) for row in rows[:_MANY]],
        following=read.next,
        of=giai_doan,
        tasks=_tasks(session, visitor, "/decisions/"),
        powers=powers_today(session),
        offers=offers_to_delegate(session, standing_of(session, visitor.id)),
    )


def _phases(session: Session, rows: Sequence[Decision]) -> Mapping[str, str]:
    asked = one_of(col(Phase.id), {row.phase for row in rows})
    return dict(session.exec(select(Phase.id, Phase.name).where(asked)).all())


def _tasks(session: Session, visitor: Person, path: str) -> list[tuple[TaskOut, str]]:
    owed = tasks_at(session, visitor, Kind.DECISION, path)
    return [(each, page) for each in owed if (page := where(each))]


@router.get("/quyet-dinh/{key}", dependencies=[reads("decisions")])
def decision(
    found: TheDecision,
    session: Reading,
    shown_by: Shown,
    chon: Chosen = [],  # noqa: B006 - FastAPI copies it
    sau: Cursor = None,
) -> Response:
    """Show a decision, its lines, and what may be done; lines *chosen* apart."""
    asker = who_asks(session, shown_by)
    visitor, phase = asker.person, session.get_one(Phase, found.phase)
    entries, following = _entries(session, found, visitor, sau)
    apart = _apart(session, found, visitor, chon)
    return render(
        "director/decision.html",
        visitor=visitor,
        decision=found,
        phase=phase,
        titles=_titles(session, phase, entries),
        apart=apart,
        chosen=[each.dossier.id for each in apart],
        on_page={each.dossier.id for each in entries},
        names=called(session, _named(found, [*entries, *apart])),
        many=_many(session, found, visitor),
        following=following,
        key=uuid4().hex,
        unconfirmed=not asker.fresh,
        warning=pack_of(session, phase).warning_vi,
        postings=_postings(session, found),
        scans=_scans(session, found, visitor),
        papers=[
            *papers_on(
                f"/quyet-dinh/{found.id}", session, visitor, PaperOf.DECISION, found
            ),
            *certificates_on(session, found),
        ],
        **_to_do(session, found, visitor),
    )


def _to_do(session: Session, found: Decision, visitor: Person) -> dict[str, object]:
    """Say what the visitor may do: to decide and to number stand by themselves."""
    target = ids.decision(found.id)
    standing = standing_of(session, visitor.id)
    back = f"/quyet-dinh/{found.id}"
    offers = offered(standing, target, found.campaign, found.state, back)
    tasks = _tasks(session, visitor, f"/decisions/{found.id}/")
    may = {each.kind for each in offers} | {each.kind for each, _ in tasks}
    return {
        "deciding": page_of("decide", target) if "decide" in may else None,
        "numbering": _numbering(session, target, back) if "number" in may else None,
        "back": back,
        "offers": [x for x in offers if x.kind not in ("decide", "number")],
    }


def _of(session: Session, row: Decision, person: str) -> Any:
    """Select the lines of a decision that somebody may read."""
    return (
        select(Nomination)
        .join(DecisionLine, col(DecisionLine.line) == col(Nomination.id))
        .where(
            DecisionLine.decision == row.id,
            col(Nomination.id).not_in(closed_lines(session, row.campaign, person)),
        )
    )


def _many(session: Session, row: Decision, visitor: Person) -> int:
    closed = closed_lines(session, row.campaign, visitor.id)
    theirs = DecisionLine.decision == row.id, col(DecisionLine.line).not_in(closed)
    return session.exec(select(func.count(col(DecisionLine.line))).where(*theirs)).one()


def _entries(
    session: Session, row: Decision, visitor: Person, cursor: str | None
) -> tuple[list[LineToDecide], str | None]:
    rows = _LINES.rows(session, _of(session, row, visitor.id), _ON_A_PAGE, cursor)
    following = page(rows, _ON_A_PAGE, _LINES.place, lambda each: each.id).next
    return _read(session, row, visitor, rows[:_ON_A_PAGE]), following


def _apart(
    session: Session, row: Decision, visitor: Person, chosen: Sequence[UUID]
) -> list[LineToDecide]:
    """Read the lines that are to be ruled on apart from the others."""
    if not chosen:
        return []
    theirs = _of(session, row, visitor.id).where(one_of(col(Nomination.id), chosen))
    rows = _LINES.rows(session, theirs, len(chosen), None)
    return _read(session, row, visitor, rows)


def _read(
    session: Session, row: Decision, visitor: Person, rows: Sequence[Nomination]
) -> list[LineToDecide]:
    keys = [each.id for each in rows]
    dossiers = shown_lines(session, visitor.id, rows)
    of_decision = session.exec(
        select(DecisionLine).where(
            DecisionLine.decision == row.id, one_of(col(DecisionLine.line), keys)
        )
    )
    said = {x.line: x for x in shown(session, of_decision.all(), visitor.id)}
    courses = courses_of(session, row.id, keys, visitor.id)
    return [
        LineToDecide(
            dossiers[key], said[key], courses[key], own=line.subject == visitor.id
        )
        for key, line in zip(keys, rows, strict=True)
    ]


def _titles(
    session: Session, phase: Phase, entries: Sequence[LineToDecide]
) -> list[DecisionTitle]:
    pack = pack_of(session, phase)
    return [
        DecisionTitle(pack.title(code), [*group])
        for code, group in groupby(entries, lambda each: each.dossier.title)
    ]


def _named(row: Decision, entries: Sequence[LineToDecide]) -> Iterator[str | None]:
    yield from (row.decided_by, row.behalf)
    for each in entries:
        yield from (each.dossier.subject, each.dossier.department)


def _numbering(session: Session, target: WorkflowId, back: str) -> tuple[str, str]:
    """Say on which page a number is given, with the one that comes next in the book."""
    following = next_number(session)
    said = f"{following.number}/{following.series}" if following.number else ""
    return page_of("number", target, back, **following._asdict()), said


def _scans(session: Session, row: Decision, visitor: Person) -> list[SignedPaperOut]:
    """List the signed papers, for whoever reads them."""
    if not open_to(session, visitor.id, "decision_files"):
        return []
    return signed_papers(row.id, session, _MANY).items


def _postings(session: Session, row: Decision) -> Sequence[Posting]:
    query = select(Posting).where(Posting.decision == row.id)
    return session.exec(query.order_by(col(Posting.number))).all()
