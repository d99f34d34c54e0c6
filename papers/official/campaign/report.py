"""Sơ kết and tổng kết as papers: results with charts, and where the time went."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from domain.reports.steps import TimedStep, waited_longest
from domain.reports.targets import Denominator
from domain.states import AWARDED_LINES, SubmissionState
from papers.four_words import WORD_OF, ListWord
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import Letterhead, draft, letterhead, of_office
from papers.official.paper import (
    Article,
    Chart,
    ChartBar,
    ListedTable,
    OfficialPaper,
    Signature,
)
from papers.official.writing import (
    WHAT,
    WHO,
    count_of,
    listing,
    lowered,
    paragraphs,
    recipient_lines,
)
from papers.terms import DENOMINATORS, STEPS
from store.findings.papers.steps import steps_of
from store.plans import titles_of
from store.tables import Campaign, Phase, Report

Body = tuple[Article | ListedTable | Chart, ...]
# How many years before stand beside the year.
_YEARS = 4


@dataclass(frozen=True, kw_only=True)
class ReportFacts:
    """A review as it was summed up, the steps of its phases, and years before it.

    *before* counts what was awarded by title, year by year, where those were summed up.
    """

    by: Letterhead
    key: str
    occasion: str
    version: int
    content: Mapping[str, Any]
    titles: Mapping[str, str]
    steps: tuple[tuple[str, tuple[TimedStep, ...]], ...]
    before: tuple[tuple[int, Mapping[str, int]], ...]


def interim_facts(session: Session, row: Phase) -> ReportFacts:
    """Read the last review of a phase."""
    campaign = session.get_one(Campaign, row.campaign)
    found = _last_report(session, campaign.id, row.id)
    name = f"{lowered(row.name)} năm {campaign.year}"
    return _facts(session, campaign, found, row.id, name, [row])


def final_facts(session: Session, row: Campaign) -> ReportFacts:
    """Read the last closing review of a campaign."""
    phases = session.exec(
        select(Phase).where(Phase.campaign == row.id).order_by(col(Phase.number))
    ).all()
    found = _last_report(session, row.id, None)
    return _facts(session, row, found, row.id, f"năm {row.year}", phases)


def _facts(
    session: Session,
    campaign: Campaign,
    found: Report | None,
    key: str,
    occasion: str,
    phases: Sequence[Phase],
) -> ReportFacts:
    final = found is not None and found.phase is None
    return ReportFacts(
        by=letterhead(session, campaign),
        key=key,
        occasion=occasion,
        version=found.version if found else 0,
        content=found.content if found else {},
        titles={title.code: title.name_vi for title in titles_of(campaign)},
        steps=tuple((each.name, tuple(steps_of(session, each))) for each in phases),
        before=tuple(_before(session, campaign)) if final else (),
    )


def _last_report(session: Session, campaign: str, phase: str | None) -> Report | None:
    query = select(Report).where(
        Report.campaign == campaign, col(Report.phase).is_not_distinct_from(phase)
    )
    return session.exec(query.order_by(col(Report.version).desc()).limit(1)).first()


def _before(
    session: Session, campaign: Campaign
) -> Iterable[tuple[int, Mapping[str, int]]]:
    """Read the years before, each by the last closing review of its campaign."""
    rows = session.exec(
        select(Campaign.year, Report.content)
        .join(Report, col(Report.campaign) == col(Campaign.id))
        .where(
            Campaign.kind == "regular",
            col(Campaign.year).between(campaign.year - _YEARS, campaign.year - 1),
            col(Report.phase).is_(None),
        )
        .order_by(col(Campaign.year), col(Report.version))
    )
    return sorted({year: _awarded(content) for year, content in rows}.items())


def _awarded(content: Mapping[str, Any]) -> dict[str, int]:
    return {title: len(people) for title, people in content["lists"].items()}


def _of_phase(session: Session, row: Phase) -> bool:
    return _last_report(session, row.campaign, row.id) is not None


def _of_campaign(session: Session, row: Campaign) -> bool:
    return _last_report(session, row.id, None) is not None


@paper(
    "interim-report",
    "Báo cáo sơ kết",
    PaperOf.PHASE,
    "reports",
    interim_facts,
    once=_of_phase,
    when="báo cáo có khi giai đoạn đã tổng hợp",
    page="/bao-cao/{row.campaign}",
)
def interim_report(facts: ReportFacts) -> OfficialPaper:
    """Write the review of a phase."""
    return _report(facts, "Sơ kết phong trào thi đua")


@paper(
    "final-report",
    "Báo cáo tổng kết",
    PaperOf.CAMPAIGN,
    "reports",
    final_facts,
    once=_of_campaign,
    when="báo cáo có khi phong trào đã tổng hợp",
    page="/bao-cao/{row.id}",
)
def final_report(facts: ReportFacts) -> OfficialPaper:
    """Write the closing review of a campaign."""
    return _report(facts, "Tổng kết phong trào thi đua")


def _report(facts: ReportFacts, what: str) -> OfficialPaper:
    return OfficialPaper(
        **of_office(facts.by, facts.key, "BC"),
        kind="BÁO CÁO",
        subject=f"{what} {facts.occasion}",
        body=(
            Article(heading="I. CHỈ TIÊU"),
            *_targets(facts),
            Article(heading="II. KẾT QUẢ KHEN THƯỞNG"),
            *_results(facts),
            *_years(facts),
            Article(heading="III. TIẾN ĐỘ"),
            *_departments(facts),
            *_times(facts),
        ),
        recipients=recipient_lines(*facts.by.recipients),
        signature=Signature(capacity=(facts.by.head.upper(),)),
        annexes=_lists(facts),
        reservations=draft(facts.by, signed=False),
    )


def _targets(facts: ReportFacts) -> Body:
    columns = {WHAT: 12, "Đạt được": 8, "Cần đạt": 4, "Kết quả": 12}
    measured = [_measured(facts, each) for each in facts.content["targets"]]
    if not measured:
        return paragraphs("Kế hoạch không đặt chỉ tiêu nào tính bằng số.")
    return (
        listing(columns, (row for row, _ in measured)),
        Chart(
            caption="Chỉ tiêu: phần đạt được trên tổng số",
            bars=tuple(bar for _, bar in measured),
        ),
    )


def _measured(
    facts: ReportFacts, one: Mapping[str, Any]
) -> tuple[tuple[str, ...], ChartBar]:
    title, reached = facts.titles.get(one["title"], one["title"]), one["reached"]
    whole = DENOMINATORS[Denominator(one["denominator"])]
    verdict = "Đạt" if one["met"] else "Chưa đạt"
    note = f". {one['note']}" if one.get("note") else ""
    row = (title, f"{reached}/{one['of']} {whole}", str(one["needed"]), verdict + note)
    said = f"{reached}/{one['of']}, cần {one['needed']}"
    label = f"{title} ({whole})"
    return row, ChartBar(label=label, part=reached, whole=one["of"], said=said)


def _results(facts: ReportFacts) -> Body:
    rows, bars = [], []
    for code, states in facts.content["outcomes"].items():
        many = sum(states.values())
        awarded = sum(states.get(state, 0) for state in AWARDED_LINES)
        title, said = facts.titles.get(code, code), f"{awarded}/{many} đề nghị"
        rows.append((title, count_of(many), count_of(awarded)))
        bars.append(ChartBar(label=title, part=awarded, whole=many, said=said))
    if not rows:
        return paragraphs("Không có đề nghị nào.")
    return (
        listing({WHAT: 16, "Đề nghị": 6, "Được tặng": 6}, rows),
        Chart(caption="Được tặng trên số được đề nghị", bars=tuple(bars)),
    )


def _years(facts: ReportFacts) -> Body:
    if not facts.before:
        return ()
    years = [*facts.before, (facts.by.year, _awarded(facts.content))]
    codes = dict.fromkeys(code for _, counts in years for code in counts)
    columns = {WHAT: 10} | {f"{year}": 3 for year, _ in years}
    rows = (
        (
            facts.titles.get(code, code),
            *(count_of(counts.get(code, 0)) for _, counts in years),
        )
        for code in codes
    )
    said = paragraphs("So với các năm trước (số được tặng):")
    return (*said, listing(columns, rows))


def _departments(facts: ReportFacts) -> Body:
    states = [SubmissionState(x) for x in facts.content["departments"].values()]
    counts = "; ".join(
        f"{word.lower()}: {sum(WORD_OF[state] is word for state in states)}"
        for word in ListWord
    )
    times = facts.content["escalations"]
    return paragraphs(
        f"Hồ sơ của các phòng: {counts}. Đã báo lên trên vì quá hạn: {times} lần."
    )


def _times(facts: ReportFacts) -> Body:
    return tuple(part for name, steps in facts.steps for part in _timed(name, steps))


def _timed(name: str, steps: Sequence[TimedStep]) -> Body:
    longest = waited_longest(steps)
    if longest is None:
        return ()
    what, who = STEPS[longest.step]
    bars = tuple(
        ChartBar(
            label=STEPS[each.step][0],
            part=each.days,
            whole=longest.days,
            said=_took(each),
        )
        for each in steps
    )
    return (
        *paragraphs(
            f"{name} chờ lâu nhất ở bước {lowered(what)} ({who}): {longest.days} ngày."
        ),
        Chart(caption=f"{name}: mỗi bước mất bao nhiêu ngày", bars=bars),
    )


def _took(step: TimedStep) -> str:
    late = f", muộn {step.late} ngày" if step.late else ""
    return f"{step.days} ngày{late}"


def _lists(facts: ReportFacts) -> tuple[ListedTable, ...]:
    lists = facts.content["lists"]
    rows = [
        (name, facts.titles.get(code, code)) for code in lists for name in lists[code]
    ]
    whole = listing(
        {WHO: 14, WHAT: 14},
        rows,
        title="DANH SÁCH TẬP THỂ, CÁ NHÂN ĐƯỢC KHEN THƯỞNG",
        subtitle=f"(Kèm theo Báo cáo {facts.occasion})",
    )
    return (whole,) if rows else ()
