"""What a vote came to: the lines, the boards of its rounds, and the minutes."""

from typing import Annotated

from fastapi import Query, Response
from sqlmodel import Session, col, select

from api.admission import reads
from api.campaigns.ballots import TheSession
from api.campaigns.rounds import Number, board
from api.deps import Reading
from api.files.attachments import files_of_session
from api.identity import Asking
from api.paging import Cursor
from api.web.council.agenda import agenda_of
from api.web.council.attendance import sitting_of
from api.web.naming import called
from api.web.offered import Offer, offered
from api.web.papers import papers_on
from api.web.rendering import render
from api.web.visiting import pages
from api.web.words import gettext
from domain import ids
from domain.council.ballots import Choice
from domain.council.boards import faults
from papers.boards import fault_sentence, whole_sentence
from papers.official.kinds import PaperOf
from store.knowing.rounds import rounds_for
from store.office.standing import standing_of
from store.plans import pack_of
from store.tables import CouncilSession, Person, Phase, Teller, VotingRound

router = pages()

# How many lines of a board stand on a page, each with as many codes as ballots.
_LINES = 50
CHOICES = {
    Choice.YES: gettext("đồng ý"),
    Choice.NO: gettext("không đồng ý"),
    Choice.BLANK: gettext("trắng"),
}
Part = Annotated[int, Query(ge=1, le=1000)]


@router.get("/hoi-dong/{key}/ket-qua", dependencies=[reads("rounds")])
def results(
    council: TheSession, session: Reading, visitor: Asking, sau: Cursor = None
) -> Response:
    """Show what became of each line, with its figures where they are told."""
    phase = session.get_one(Phase, council.phase)
    pack = pack_of(session, phase)
    return render(
        "council/results.html",
        visitor=visitor,
        council=council,
        phase=phase,
        agenda=agenda_of(session, council, pack, visitor, sau),
        papers=papers_on(
            f"/hoi-dong/{council.id}/ket-qua",
            session,
            visitor,
            PaperOf.SESSION,
            council,
        ),
        boards=[each.number for each in _counted(session, council, visitor)],
    )


def _counted(
    session: Session, council: CouncilSession, visitor: Person
) -> list[VotingRound]:
    """List the rounds that have a board: counted, and voted on by sheets."""
    rounds = rounds_for(session, council, visitor.id, by_sheets=True)
    return [each for each in rounds if each.counted_by and each.public_key]


@router.get("/hoi-dong/{key}/bang-phieu/{number}", dependencies=[reads("rounds")])
def ballots(
    council: TheSession,
    number: Number,
    session: Reading,
    visitor: Asking,
    phan: Part = 1,
) -> Response:
    """Show a board: under each line its codes, and what each of them says."""
    found = board(council, number, session, visitor)
    first = (phan - 1) * _LINES
    lines = found.lines[first : first + _LINES]
    phase = session.get_one(Phase, council.phase)
    wrong = [each for each in faults(found) if found.seal or each.line]
    return render(
        "council/board.html",
        visitor=visitor,
        council=council,
        phase=phase,
        number=number,
        board=found,
        lines=lines,
        part=phan,
        more=first + _LINES < len(found.lines),
        names=called(session, (each.subject for each in lines)),
        titles=pack_of(session, phase).title,
        choices=CHOICES,
        wrong=[fault_sentence(each) for each in wrong],
        verified=[] if wrong else whole_sentence(found).splitlines(),
    )


@router.get("/hoi-dong/{key}/bien-ban", dependencies=[reads("session_files")])
def minutes(council: TheSession, session: Reading, visitor: Asking) -> Response:
    """Show the minutes: what they say, who was there, who has signed and attested."""
    phase = session.get_one(Phase, council.phase)
    query = select(Teller).where(Teller.session == council.id)
    tellers = session.exec(query.order_by(col(Teller.round), Teller.person)).all()
    signed = (council.signed_by_secretary, council.signed_by_chair)
    files = files_of_session(council.id, session, visitor).items
    return render(
        "council/minutes.html",
        visitor=visitor,
        council=council,
        phase=phase,
        sitting=sitting_of(session, council, pack_of(session, phase), visitor),
        tellers=tellers,
        names=called(session, [*signed, *(each.person for each in tellers)]),
        files=[each for each in files if each.voided_at is None],
        acts=_to_sign(session, council, visitor),
        papers=papers_on(
            f"/hoi-dong/{council.id}/bien-ban",
            session,
            visitor,
            PaperOf.SESSION,
            council,
        ),
    )


def _to_sign(session: Session, council: CouncilSession, visitor: Person) -> list[Offer]:
    standing, target = standing_of(session, visitor.id), ids.council(council.id)
    back = f"/hoi-dong/{council.id}/bien-ban"
    offers = offered(standing, target, council.campaign, council.state, back)
    return [each for each in offers if each.kind in ("sign_minutes", "attest_count")]
