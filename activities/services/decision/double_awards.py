"""One achievement, one commendation (P1): what was rewarded is not rewarded again."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from activities.lines import NewLine
from domain.calendar import day_vi
from domain.refusals import refuse
from domain.reports.alike import ALIKE, runs, similarity
from domain.rules.criteria import CommendationType
from domain.rules.rulepack import RulePack
from domain.rules.titles import TitleKind
from domain.states import SPENT_LINES
from store.database import one_of
from store.tables import Nomination

_AD_HOC = CommendationType.AD_HOC


def require_unrewarded(
    session: Session, pack: RulePack, lines: Iterable[NewLine]
) -> None:
    """Raise Refused (`already_rewarded`) for an achievement that was commended.

    A yearly title is none: it looks back on the whole year. It is the same
    achievement on the same day, or in the same words within the other's time. Law:
    Luật TĐKT 2003 Điều 6; Luật TĐKT 2022 Điều 5 (no two forms for one achievement).
    """
    commended = [
        line
        for line in lines
        if pack.title(line["title"]).kind is TitleKind.COMMENDATION
    ]
    for known in _live(session, commended):
        for line in commended:
            if _beside(line, known) and _same(line, known):
                award = pack.title(known.title).name_vi
                raise refuse(
                    "already_rewarded",
                    f"Thành tích của {known.subject} đã được xét «{award}» "
                    f"({day_vi(known.achieved_from)} - {day_vi(known.achieved_to)})"
                    "; một thành tích chỉ khen một lần. Thành tích khác thì ghi rõ "
                    "là thành tích nào.",
                )


def _live(session: Session, lines: Sequence[NewLine]) -> Sequence[Nomination]:
    """Read, at once, the live lines of these subjects of which one may be ad hoc.

    Two lists of departments are kept apart by their period already.
    """
    if not lines:
        return ()
    query = select(Nomination).where(
        one_of(col(Nomination.subject), {line["subject"] for line in lines}),
        col(Nomination.state).not_in(SPENT_LINES),
    )
    if all(line["commendation_type"] is not _AD_HOC for line in lines):
        query = query.where(Nomination.commendation_type == _AD_HOC)
    ordered = query.order_by(col(Nomination.achieved_from), col(Nomination.id))
    return session.exec(ordered).all()


def _beside(line: NewLine, known: Nomination) -> bool:
    """Say whether another line of the same subject meets this one's time."""
    return (
        known.subject == line["subject"]
        and known.id != line["id"]
        and known.achieved_from <= line["achieved_to"]
        and known.achieved_to >= line["achieved_from"]
    )


def _same(line: NewLine, known: Nomination) -> bool:
    days = {line["achieved_from"], line["achieved_to"]}
    if len(days | {known.achieved_from, known.achieved_to}) == 1:
        return True
    told = (line["evidence"], known.evidence)
    said, before = (runs(each["achievement"]) for each in told)
    return similarity(said, before) >= ALIKE
