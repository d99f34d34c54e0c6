"""What a vote came to: the lines, the boards of its rounds, and the minutes."""

from typing import Annotated

from fastapi import Query, Response
from sqlmodel import col, select

from api.admission import reads
from api.campaigns.rounds import Number, board
from api.campaigns.signed import signed_minutes
from api.files.attachments import files_of_session
from api.paging import Cursor
from api.web.council.meeting_page import MeetingPage, TheMeeting
from api.web.naming import called
from api.web.visiting import pages
from api.web.words import gettext
from domain.council.ballots import Choice
from domain.council.boards import faults
from papers.boards import fault_sentence, whole_sentence
from store.knowing.rounds import rounds_for
from store.tables import Teller

router = pages()

# How many lines of a board stand on a page, each with as many codes as ballots.
_LINES = 50
_SCANS = 50
CHOICES = {
    Choice.YES: gettext("đồng ý"),
    Choice.NO: gettext("không đồng ý"),
    Choice.BLANK: gettext("trắng"),
}
_SIGNING = (
    *("sign_minutes", "attest_count"),
    *("record_signed_minutes", "settle_signed_minutes"),
)
Part = Annotated[int, Query(ge=1, le=1000)]


@router.get("/hoi-dong/{key}/ket-qua", dependencies=[reads("rounds")])
def results(page: TheMeeting, sau: Cursor = None) -> Response:
    """Show what became of each line, with its figures where they are told."""
    return page.show(
        "results",
        agenda=page.agenda(sau),
        papers=page.papers("/ket-qua"),
        boards=_boards(page),
    )


def _boards(page: MeetingPage) -> list[int]:
    """List the rounds that have a board: counted, and voted on by sheets."""
    who = page.visitor.id
    rounds = rounds_for(page.session, page.council, who, by_sheets=True)
    return [each.number for each in rounds if each.counted_by and each.public_key]


@router.get("/hoi-dong/{key}/bang-phieu/{number}", dependencies=[reads("rounds")])
def ballots(page: TheMeeting, number: Number, phan: Part = 1) -> Response:
    """Show a board: under each line its codes, and what each of them says."""
    found = board(page.council, number, page.session, page.visitor)
    first = (phan - 1) * _LINES
    lines = found.lines[first : first + _LINES]
    wrong = [each for each in faults(found) if found.seal or each.line]
    return page.show(
        "board",
        number=number,
        board=found,
        lines=lines,
        part=phan,
        more=first + _LINES < len(found.lines),
        names=called(page.session, (each.subject for each in lines)),
        titles=page.pack.title,
        choices=CHOICES,
        wrong=[fault_sentence(each) for each in wrong],
        verified=[] if wrong else whole_sentence(found).splitlines(),
    )


@router.get("/hoi-dong/{key}/bien-ban", dependencies=[reads("session_files")])
def minutes(page: TheMeeting) -> Response:
    """Show the minutes: what they say, who was there, who has signed and attested."""
    session, council = page.session, page.council
    query = select(Teller).where(Teller.session == council.id)
    tellers = session.exec(query.order_by(col(Teller.round), Teller.person)).all()
    signed = (council.signed_by_secretary, council.signed_by_chair)
    files = files_of_session(council.id, session, page.visitor).items
    return page.show(
        "minutes",
        sitting=page.sitting(),
        tellers=tellers,
        names=called(session, [*signed, *(each.person for each in tellers)]),
        files=[each for each in files if each.voided_at is None],
        acts=[each for each in page.offers("/bien-ban") if each.kind in _SIGNING],
        scans=signed_minutes(council, session, _SCANS).items,
        papers=page.papers("/bien-ban"),
    )
