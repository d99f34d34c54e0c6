"""The minutes of the count (biên bản kiểm phiếu): what each line came to, no more."""

from collections.abc import Iterable, Iterator

from domain.council.ballots import Method
from papers.official.council.facts import (
    COUNTED,
    BeforeCouncil,
    RoundVote,
    SittingFacts,
)
from papers.official.council.sittings import sitting_facts
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import draft, of_council
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
from papers.wording import moment

_NO_BALLOT = "Không có lượt bỏ phiếu kín nào."
_NOT_TOLD = "–"  # where so few voted that figures would tell how each did
_MASKED = (
    "Dòng có ít phiếu đến mức con số cho biết từng người bỏ phiếu thế nào thì chỉ ghi "
    f"kết quả, không ghi số phiếu (ghi «{_NOT_TOLD}»)."
)
_VOTES = {
    WHO: 8,
    WHAT: 7,
    "Số người biểu quyết": 4,
    "Đồng ý": 3,
    "Không đồng ý": 4,
    "Trắng": 3,
    "Kết quả": 4,
}


@paper(
    "teller-minutes",
    "Biên bản kiểm phiếu",
    PaperOf.SESSION,
    "session_files",
    sitting_facts,
    once=lambda _, row: row.state in COUNTED,
    when="biên bản có sau khi kiểm phiếu",
    page="/hoi-dong/{row.id}/bien-ban",
)
def teller_minutes(facts: SittingFacts) -> OfficialPaper:
    """Write what was counted, round by round, and who watched it."""
    watched = [each for some in facts.tellers.values() for each in some]
    watching = dict.fromkeys(who for who, _ in watched)
    return OfficialPaper(
        **of_council(facts.by, facts.row.id, "BBKP", facts.met_on),
        kind="BIÊN BẢN KIỂM PHIẾU",
        subject=f"Xét khen thưởng {facts.occasion}",
        body=(
            *section("I. BAN KIỂM PHIẾU", *(_watched(facts) or [_NO_BALLOT])),
            Article(heading="II. KẾT QUẢ"),
            *_rounds(facts),
            *paragraphs(_MASKED),
        ),
        recipients=recipient_lines("Hội đồng", "Lưu: Hồ sơ Hội đồng"),
        signature=Signature(capacity=("TM. BAN KIỂM PHIẾU",), name=", ".join(watching)),
        reservations=draft(
            facts.by,
            signed=all(at is not None for _, at in watched),
            because="người kiểm phiếu chưa xác nhận đủ",
        ),
    )


def _watched(facts: SittingFacts) -> list[str]:
    return [
        f"Lượt {number}: "
        + "; ".join(
            f"{who} (xác nhận lúc {moment(at)})" if at else f"{who} (chưa xác nhận)"
            for who, at in watched
        )
        + "."
        for number, watched in sorted(facts.tellers.items())
    ]


def _rounds(facts: SittingFacts) -> Iterator[Article | ListedTable]:
    numbers = sorted({vote.round for x in facts.lines for vote in x.votes})
    for number in numbers:
        found = [
            (each, vote)
            for each in facts.lines
            for vote in each.votes
            if vote.round == number and vote.method is not Method.HANDS
        ]
        if found:
            yield Article(heading=f"Lượt bỏ phiếu thứ {number}")
            yield votes_table(found)


def votes_table(found: Iterable[tuple[BeforeCouncil, RoundVote]]) -> ListedTable:
    """List what lines came to in a round."""
    return listing(
        _VOTES,
        (
            (
                each.line.subject,
                each.line.title,
                count_of(vote.electors),
                *(_figure(x) for x in (vote.yes, vote.no, vote.blank)),
                _came_to(vote),
            )
            for each, vote in found
        ),
    )


def _figure(many: int | None) -> str:
    return _NOT_TOLD if many is None else count_of(many)


def _came_to(vote: RoundVote) -> str:
    if vote.void_reason is not None:
        return "Hủy lượt"
    return {True: "Đạt", False: "Không đạt", None: "Chưa kiểm"}[vote.carried]
