"""One department's list at the desk: each line with what the rules say, and answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

from fastapi import Path, Query, Response
from sqlmodel import Session, col, select

from api.admission import open_to, reads
from api.campaigns.phases import LineOut, shown_lines
from api.deps import Reading, ThePhase, find
from api.identity import Asking
from api.paging import Cursor, Order, page
from api.web.naming import called
from api.web.offered import Offer, offered
from api.web.rendering import render
from api.web.visiting import pages
from domain import ids
from domain.refusals import Refusal
from intake.fields import DEPARTMENT
from papers.four_words import WORD_OF
from store.database import count_by, one_of
from store.findings.judging import foresee
from store.knowing.lines import readable
from store.office.standing import standing_of
from store.plans import pack_of
from store.tables import Nomination, Person, Phase, Submission

router = pages()

_ON_A_PAGE = 100
_LINES = Order(Nomination, ("title", "subject", "id"))
Chosen = Annotated[list[UUID], Query(max_length=500)]
# What is said of the lines that are chosen: sent back, or found not to qualify.
Answering = Annotated[Literal["tra-lai", "khong-du"] | None, Query()]
_OF_DESK = ("receive", "return_for_supplement", "appraise", "answer_late")
_ACT = {"tra-lai": "return_for_supplement", "khong-du": "appraise"}


@dataclass(frozen=True)
class DeskLine:
    """A line at the desk; *foreseen* is what the rules say against it as of now."""

    dossier: LineOut
    foreseen: Sequence[Refusal]
    missing: Sequence[str]


@router.get(
    "/tham-dinh/{key}/{department}", dependencies=[reads("departments_in_phase")]
)
def list_of(
    phase: ThePhase,
    department: Annotated[str, Path(pattern=f"^{DEPARTMENT}$")],
    session: Reading,
    visitor: Asking,
    chon: Chosen = [],  # noqa: B006 - FastAPI copies it
    viec: Answering = None,
    sau: Cursor = None,
) -> Response:
    """Show a list; of the lines that are chosen, the form of what is said of them."""
    envelope = find(session, Submission, "department", (phase.id, department))
    offers = _offers(session, phase, envelope, visitor)
    theirs = _of(session, envelope, visitor)
    query = select(Nomination).where(*theirs)
    rows = _LINES.rows(session, query, _ON_A_PAGE, sau)
    apart = _apart(session, theirs, chon) if viec else ()
    pack = pack_of(session, phase)
    subjects = [each.subject for each in (*rows, *apart)]
    return render(
        "appraisal/list.html",
        visitor=visitor,
        phase=phase,
        envelope=envelope,
        word=WORD_OF[envelope.state],
        lines=_read(session, phase, visitor, rows[:_ON_A_PAGE], envelope),
        many=count_by(session, Nomination.department, *theirs)[department],
        apart=apart,
        act=offers.get(_ACT[viec]) if viec else None,
        answering=viec,
        chosen={*chon},
        elsewhere={*chon} - {row.id for row in rows[:_ON_A_PAGE]},
        names=called(session, [department, *subjects]),
        title=pack.title,
        papers={each.code: each.name_vi for each in pack.document_kinds},
        offers=offers,
        key=uuid4().hex,
        following=page(rows, _ON_A_PAGE, _LINES.place, lambda row: row.id).next,
    )


def _offers(
    session: Session, phase: Phase, envelope: Submission, visitor: Person
) -> dict[str, Offer]:
    standing = standing_of(session, visitor.id)
    target = ids.department(phase.id, envelope.department)
    back = f"/tham-dinh/{phase.id}/{envelope.department}"
    acts = offered(standing, target, phase.campaign, envelope.state, back)
    return {each.kind: each for each in acts if each.kind in _OF_DESK}


def _of(session: Session, envelope: Submission, visitor: Person) -> tuple[Any, ...]:
    """Make the conditions that a line is of a list, and may be read."""
    return (
        Nomination.phase == envelope.phase,
        Nomination.department == envelope.department,
        readable(session, visitor.id),
    )


def _apart(
    session: Session, theirs: tuple[Any, ...], chosen: Sequence[UUID]
) -> Sequence[Nomination]:
    query = select(Nomination).where(*theirs, one_of(col(Nomination.id), chosen))
    return _LINES.rows(session, query, len(chosen), None)


def _read(
    session: Session,
    phase: Phase,
    visitor: Person,
    rows: Sequence[Nomination],
    envelope: Submission,
) -> list[DeskLine]:
    foresees = open_to(session, visitor.id, "vote")
    dossiers = shown_lines(session, visitor.id, rows)
    against = foresee(session, phase, rows) if foresees and rows else {}
    flagged: dict[str, list[str]] = {}
    for each in (envelope.flagged or []) if foresees else []:
        flagged.setdefault(each["line"], []).append(each["missing"])
    return [
        DeskLine(
            dossiers[row.id],
            against.get(row.id, ()),
            flagged.get(str(row.id), ()),
        )
        for row in rows
    ]
