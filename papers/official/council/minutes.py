"""The minutes of the council's meeting (biên bản họp Hội đồng).

Law: what minutes of a base-level council say: DOMAIN 2.2, after forms in use.
"""

from collections.abc import Iterator

from domain.states import LineState
from papers.official.council.facts import COUNTED, SittingFacts, SittingMember
from papers.official.council.sittings import sitting_facts
from papers.official.council.teller_minutes import votes_table
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import council_recipients, draft, of_council
from papers.official.paper import Article, ListedTable, OfficialPaper, Signature
from papers.official.writing import (
    WHAT,
    WHO,
    count_of,
    listing,
    paragraphs,
    recipient_lines,
    section,
)
from papers.terms import LINE_STATES


@paper(
    "minutes",
    "Biên bản họp Hội đồng",
    PaperOf.SESSION,
    "session_files",
    sitting_facts,
    once=lambda _, row: row.state in COUNTED,
    when="biên bản có khi đã kết thúc biểu quyết",
    page="/hoi-dong/{row.id}/bien-ban",
)
def minutes(facts: SittingFacts) -> OfficialPaper:
    """Write who met, what was discussed, how it was voted and what came of it."""
    return OfficialPaper(
        **of_council(facts.by, facts.row.id, "BB", facts.met_on),
        kind="BIÊN BẢN",
        subject=f"Họp xét khen thưởng {facts.occasion}",
        body=(
            *_people(facts),
            *section("II. NỘI DUNG", facts.row.minutes or ""),
            *_results(facts),
            *_dissents(facts),
        ),
        recipients=recipient_lines(*council_recipients(facts.by.head)),
        beside=Signature(capacity=("THƯ KÝ",), name=facts.secretary),
        signature=Signature(capacity=("CHỦ TRÌ",), name=facts.chair),
        reservations=draft(facts.by, signed=facts.signed),
    )


def _people(facts: SittingFacts) -> tuple[Article, ...]:
    there = [each for each in facts.members if each.present]
    away = [each for each in facts.members if not each.present]
    return section(
        "I. THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN",
        f"Phiên họp thứ {facts.row.number}, {facts.when_and_where}.",
        f"Có mặt {count_of(len(there))}/{count_of(len(facts.members))} thành viên: "
        f"{_named(there)}.",
        f"Vắng: {_named(away) or 'không'}.",
    )


def _named(members: list[SittingMember]) -> str:
    return "; ".join(f"{each.name} ({each.seat})" for each in members)


def _results(facts: SittingFacts) -> Iterator[Article | ListedTable]:
    counted = [
        (each, vote)
        for each in facts.lines
        for vote in each.votes
        if not vote.void_reason
    ]
    yield Article(heading="III. KẾT QUẢ BIỂU QUYẾT")
    yield votes_table(counted)
    yield from paragraphs(*_stepped_out(facts))
    yield Article(heading="IV. KẾT LUẬN")
    yield listing(
        {WHO: 10, WHAT: 10, "Kết luận": 10},
        (
            (x.line.subject, x.line.title, _concluded(x.outcome, x.line.state))
            for x in facts.lines
        ),
    )


def _stepped_out(facts: SittingFacts) -> Iterator[str]:
    for each in facts.lines:
        if each.votes and each.votes[-1].recused:
            who = ", ".join(each.votes[-1].recused)
            what = f"{each.line.subject} ({each.line.title})"
            yield f"{what}: {who} không tham gia biểu quyết."


def _concluded(outcome: LineState | None, state: LineState) -> str:
    said = LINE_STATES[outcome or state]
    return f"{said[0].upper()}{said[1:]}"


def _dissents(facts: SittingFacts) -> tuple[Article, ...]:
    said = [
        f"{who}, về {each.line.subject} ({each.line.title}): {opinion}"
        for each in facts.lines
        for who, opinion in each.dissents
    ]
    return section("V. Ý KIẾN BẢO LƯU", *said) if said else ()
