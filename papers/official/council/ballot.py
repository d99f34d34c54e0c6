"""Paper ballots (phiếu bầu), one page a sheet, alike for everybody who gets it.

Nothing on a ballot tells whose it is. Lines of which other members step out stand on
another sheet, so that nobody is known by what they leave empty.
"""

from sqlmodel import Session, col, select

from domain.council.ballots import Method
from domain.council.thresholds import Ballot
from domain.states import SessionState
from papers.official.council.facts import OpenSheet, SittingFacts
from papers.official.council.sheets import on_sheets
from papers.official.council.sittings import sitting_facts
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import of_council
from papers.official.paper import OfficialPaper
from papers.official.writing import day_in_full, paragraphs
from store.findings.papers.listed import ListedLine
from store.plans import pack_of
from store.tables import (
    COUNTED_BY_PEOPLE,
    CouncilSession,
    Nomination,
    Phase,
    RoundLine,
    SessionLine,
    VotingRound,
)

_HOW = (
    "Ghi dấu X vào một ô ở mỗi dòng. Không chọn ô nào là phiếu trắng của dòng đó; chọn "
    "cả hai ô là phiếu không hợp lệ của dòng đó. Không ký tên, không đánh dấu gì khác."
)


def votes_on_paper(session: Session, row: CouncilSession) -> bool:
    """Say whether something is to be voted on in secret, and not by sealed sheets."""
    if row.state is SessionState.CONVENED:
        pack = pack_of(session, session.get_one(Phase, row.phase))
        secret = [x.code for x in pack.titles if x.vote.ballot is Ballot.SECRET]
        lines = select(SessionLine.line).join(
            Nomination, col(Nomination.id) == col(SessionLine.line)
        )
        of = (SessionLine.session == row.id, col(Nomination.title).in_(secret))
        return session.exec(lines.where(*of).limit(1)).first() is not None
    open_lines = (
        select(RoundLine.line)
        .join(
            VotingRound,
            (col(VotingRound.session) == col(RoundLine.session))
            & (col(VotingRound.number) == col(RoundLine.round)),
        )
        .where(
            RoundLine.session == row.id,
            RoundLine.method == Method.PAPER,
            COUNTED_BY_PEOPLE,
            col(VotingRound.closed_at).is_(None),
        )
    )
    return session.exec(open_lines.limit(1)).first() is not None


def _on_paper(sheet: OpenSheet) -> list[ListedLine]:
    if sheet.method is None:
        return [line for line in sheet.lines if line.by_ballot]
    return list(sheet.lines) if sheet.method is Method.PAPER else []


@paper(
    "ballot",
    "Phiếu bầu",
    PaperOf.SESSION,
    "sessions",
    sitting_facts,
    once=votes_on_paper,
    when="phiên họp không còn đề nghị nào bỏ phiếu kín trên giấy",
)
def ballot(facts: SittingFacts) -> OfficialPaper:
    """Write the sheets that are voted on in secret; the first stands on the paper."""
    sheets = [lines for each in facts.open_sheets if (lines := _on_paper(each))] or [[]]
    day = facts.met_on
    first, others = on_sheets("PHIẾU BẦU", sheets, _HOW)
    return OfficialPaper(
        **of_council(facts.by, facts.row.id, "PB", day) | {"number": ""},
        kind="PHIẾU BẦU",
        subject=f"Xét khen thưởng {facts.occasion}",
        body=(
            *paragraphs(
                f"Phiên họp thứ {facts.row.number}, {day_in_full(day)}. "
                f"{first.subtitle[1:-1]}."
            ),
            first,
        ),
        annexes=others,
    )
