"""Sơ kết and tổng kết as papers: results with charts, and where the time went."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.reports.steps import TimedStep, waited_longest
from domain.reports.targets import Denominator
from domain.states import AWARDED_LINES, SubmissionState
from papers.four_words import WORD_OF, ListWord
from papers.official.campaign.reviews import (
    ReportFacts,
    awarded_in,
    final_facts,
    interim_facts,
    is_closed,
    is_summed_up,
)
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import draft, of_office
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

Body = tuple[Article | ListedTable | Chart, ...]


@paper(
    "interim-report",
    "Báo cáo sơ kết",
    PaperOf.PHASE,
    "reports",
    interim_facts,
    once=is_summed_up,
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
    once=is_closed,
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
    years = [*facts.before, (facts.by.year, awarded_in(facts.content))]
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
