"""An achievement report (báo cáo thành tích) of a person or a collective.

Law: Luật Thi đua, khen thưởng 2022 Điều 84; the report is part of each dossier.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from domain.calendar import day_vi
from domain.states import AWARDED_LINES
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import COUNCIL, Letterhead, letterhead, of_department
from papers.official.paper import OfficialPaper, Signature
from papers.official.writing import recipient_lines, section
from store.findings.papers.listed import ListedLine, listed
from store.office.past_awards import granted_before
from store.plans import pack_of
from store.tables import Campaign, Nomination, PastAward, Phase

_DUTY = "Chức năng, nhiệm vụ được giao: ………………………………………………"
_NONE = "Chưa ghi lần nào."


@dataclass(frozen=True, kw_only=True)
class AchievementFacts:
    """One nomination, and what its subject was awarded before."""

    by: Letterhead
    key: str
    line: ListedLine
    since: date
    until: date
    before: tuple[tuple[int, str], ...]


def facts_of(session: Session, row: Nomination) -> AchievementFacts:
    """Read a line that the reader may read, whatever few may know of it left to them.

    One on a state secret is written to by hand, and kept apart.
    """
    phase = session.get_one(Phase, row.phase)
    campaign = session.get_one(Campaign, row.campaign)
    [line] = listed(session, phase, [row])
    return AchievementFacts(
        by=letterhead(session, campaign, phase.pack),
        key=f"{phase.id}/{str(row.id)[:8]}",
        line=line,
        since=row.achieved_from,
        until=row.achieved_to,
        before=_before(session, phase, row),
    )


def _before(
    session: Session, phase: Phase, row: Nomination
) -> tuple[tuple[int, str], ...]:
    rows = session.exec(
        select(col(Nomination.achieved_to), Nomination.title)
        .where(
            Nomination.subject == row.subject,
            Nomination.kind == row.kind,
            col(Nomination.state).in_(AWARDED_LINES),
            col(Nomination.secret).is_(False),
            col(Nomination.achieved_to) < row.achieved_from,
        )
        .order_by(col(Nomination.achieved_to), Nomination.title)
    )
    titles = {x.code: x.name_vi for x in pack_of(session, phase).titles}
    here = [(day.year, titles.get(code, code)) for day, code in rows]
    earlier = PastAward.year < row.achieved_from.year
    papers = granted_before(session, [row.subject], earlier)
    brought = [(x.year, f"{x.called} (theo hồ sơ nhập)") for x in papers]
    return tuple(sorted([*here, *brought]))


@paper(
    "achievement-report",
    "Báo cáo thành tích",
    PaperOf.LINE,
    "line",
    facts_of,
    once=lambda _, row: not row.secret,
    when="đề nghị thuộc bí mật nhà nước lập giấy tờ riêng",
)
def achievement_report(facts: AchievementFacts) -> OfficialPaper:
    """Write what was achieved, with room for what the rows do not hold."""
    line = facts.line
    whose, alone = ("tập thể", "") if line.collective else ("cá nhân", line.subject)
    since, until = day_vi(facts.since), day_vi(facts.until)
    before = [f"- Năm {year}: {title}." for year, title in facts.before]
    return OfficialPaper(
        **of_department(facts.by, facts.key, line.department),
        kind=f"BÁO CÁO THÀNH TÍCH {whose.upper()}",
        subject=f"Đề nghị tặng {line.title}",
        body=(
            *section(
                "I. SƠ LƯỢC", f"{line.subject}; đơn vị: {line.department}.", _DUTY
            ),
            *section(
                "II. THÀNH TÍCH ĐẠT ĐƯỢC",
                f"Thời gian lập thành tích: từ {since} đến hết {until}.",
                line.achievement,
            ),
            *section("III. KHEN THƯỞNG ĐÃ ĐƯỢC TẶNG", *(before or [_NONE])),
        ),
        recipients=recipient_lines(COUNCIL, "Lưu: Hồ sơ"),
        beside=Signature(capacity=("XÁC NHẬN CỦA PHÒNG", "TRƯỞNG PHÒNG")),
        signature=Signature(capacity=("NGƯỜI BÁO CÁO",), name=alone),
    )
