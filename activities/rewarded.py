"""One achievement, one commendation (P1): what was rewarded is not rewarded again."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from domain.alike import ALIKE, runs, similarity
from domain.criteria import CommendationType
from domain.refusals import refuse
from domain.rulepack import RulePack, TitleKind
from domain.states import SPENT_LINES
from store.tables import Nomination


def require_unrewarded(
    session: Session, pack: RulePack, lines: Iterable[Nomination]
) -> None:
    """Raise Refused (`already_rewarded`) for an achievement that was commended.

    A yearly title is none: it looks back on the whole year. It is the same
    achievement on the same day, or in the same words within the other's time. Law:
    Luật TĐKT 2003 Điều 6; Luật TĐKT 2022 Điều 5 (no two forms for one achievement).
    """
    for line in lines:
        if pack.title(line.title).kind is not TitleKind.COMMENDATION:
            continue
        for known in _beside(session, line):
            if _same(line, known):
                award = pack.title(known.title).name_vi
                raise refuse(
                    "already_rewarded",
                    f"Thành tích của {line.subject} đã được xét «{award}» "
                    f"({known.achieved_from:%d/%m/%Y} - {known.achieved_to:%d/%m/%Y})"
                    "; một thành tích chỉ khen một lần. Thành tích khác thì ghi rõ "
                    "là thành tích nào.",
                )


def _beside(session: Session, line: Nomination) -> list[Nomination]:
    """Find the live lines of a subject whose time meets this one's, one of them ad hoc.

    Two lists of departments are kept apart by their period already.
    """
    rows = session.exec(
        select(Nomination)
        .where(
            Nomination.subject == line.subject,
            Nomination.id != line.id,
            Nomination.achieved_from <= line.achieved_to,
            Nomination.achieved_to >= line.achieved_from,
            col(Nomination.state).not_in(SPENT_LINES),
        )
        .order_by(col(Nomination.achieved_from), col(Nomination.id))
    )
    ad_hoc = CommendationType.AD_HOC
    return [x for x in rows if ad_hoc in (x.commendation_type, line.commendation_type)]


def _same(line: Nomination, known: Nomination) -> bool:
    one_day = line.achieved_from == line.achieved_to
    if (
        one_day
        and (known.achieved_from, known.achieved_to) == (line.achieved_from,) * 2
    ):
        return True
    said, before = (runs(x.evidence["achievement"]) for x in (line, known))
    return similarity(said, before) >= ALIKE
