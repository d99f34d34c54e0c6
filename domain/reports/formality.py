"""Signs that a list was drawn up for form's sake: said before the council votes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from domain.grouping import grouped
from domain.reports.alike import alike


class Sign(StrEnum):
    """The signs of formality that are looked for; the code stands in the report."""

    LEADERS = "leaders"
    REPEATED = "repeated"
    NO_PAPERS = "no_papers"
    UNANIMOUS = "unanimous"
    NO_VOTES = "no_votes"
    ALIKE = "alike"
    SELF_APPRAISED = "self_appraised"


@dataclass(frozen=True, kw_only=True)
class NominatedLine:
    """A line as it is looked at.

    *leads* is None for a collective; *years* are those running, up to the year before,
    in which the subject was given the same title; *papers* are how many there are;
    *appraiser* is who appraised it though of the same department, or its sender.
    """

    line: str
    subject: str
    title: str
    department: str
    leads: bool | None
    years: int
    papers: int
    text: str
    appraiser: str | None = None


@dataclass(frozen=True)
class Review:
    """How a department's own meeting voted: on whom for what, yes and no."""

    department: str
    votes: Mapping[tuple[str, str], tuple[int, int]]


@dataclass(frozen=True)
class Staff:
    """Everybody, and those of them who lead nobody: what nominees are compared with."""

    all: int
    direct: int


@dataclass(frozen=True)
class Finding:
    """What was seen, of which title or department, and in which lines.

    The share is that of nominees who lead nobody, of a title given again, of lines
    without papers or appraised by their own, or how alike texts are at least.
    """

    sign: Sign
    of: str
    lines: tuple[str, ...]
    said: str
    share: Fraction | None = None


Names = Mapping[str, str]
_Lines = Sequence[NominatedLine]


def findings(
    nominees: _Lines, reviews: Iterable[Review], staff: Staff, names: Names
) -> list[Finding]:
    """Look for every sign; *names* are those of titles, departments and appraisers."""
    return [
        *_leaders(nominees, staff, names),
        *_repeated(nominees, names),
        *_without_papers(nominees, names),
        *_of_one_mind(nominees, reviews, names),
        *_alike(nominees),
        *_by_their_own(nominees, names),
    ]


def _by(
    nominees: _Lines, key: Callable[[NominatedLine], str]
) -> dict[str, list[NominatedLine]]:
    return grouped((key(each), each) for each in nominees)


def _lines(nominees: Iterable[NominatedLine]) -> tuple[str, ...]:
    return tuple(each.line for each in nominees)


def _leaders(nominees: _Lines, staff: Staff, names: Names) -> Iterator[Finding]:
    """Compare, title by title, nominees who lead nobody with all such (P6)."""
    people = [each for each in nominees if each.leads is not None]
    for title, those in _by(people, lambda each: each.title).items():
        leaders = [each for each in those if each.leads]
        direct, whole = len(those) - len(leaders), len(those)
        yield Finding(
            Sign.LEADERS,
            title,
            _lines(leaders),
            f"«{names[title]}»: {direct}/{whole} người được đề nghị là người trực tiếp "
            f"làm việc, {len(leaders)} người giữ chức vụ lãnh đạo; tỷ lệ người trực "
            f"tiếp {_against(direct * staff.all, staff.direct * whole)} tỷ lệ chung "
            f"({staff.direct}/{staff.all}).",
            Fraction(direct, whole),
        )


def _against(one: int, other: int) -> str:
    if one == other:
        return "bằng"
    return "thấp hơn" if one < other else "cao hơn"


def _repeated(nominees: _Lines, names: Names) -> Iterator[Finding]:
    for title, those in _by(nominees, lambda each: each.title).items():
        again = [each for each in those if each.years]
        if again:
            most = max(each.years for each in again)
            yield Finding(
                Sign.REPEATED,
                title,
                _lines(again),
                f"«{names[title]}»: {len(again)}/{len(those)} đề nghị lặp lại người "
                f"hoặc tập thể đã được tặng ngay năm trước, lâu nhất là {most} năm "
                "liền.",
                Fraction(len(again), len(those)),
            )


def _without_papers(nominees: _Lines, names: Names) -> Iterator[Finding]:
    for code, those in _by(nominees, lambda each: each.department).items():
        bare = [each for each in those if not each.papers]
        if bare:
            yield Finding(
                Sign.NO_PAPERS,
                code,
                _lines(bare),
                f"{names[code]}: {len(bare)}/{len(those)} đề nghị không kèm giấy tờ "
                "chứng minh nào.",
                Fraction(len(bare), len(those)),
            )


def _by_their_own(nominees: _Lines, names: Names) -> Iterator[Finding]:
    """Find whose lines those appraised who had nominated them."""
    for code, those in _by(nominees, lambda each: each.department).items():
        own = [each for each in those if each.appraiser]
        if own:
            by = dict.fromkeys(names[each.appraiser] for each in own if each.appraiser)
            yield Finding(
                Sign.SELF_APPRAISED,
                code,
                _lines(own),
                f"{names[code]}: {len(own)}/{len(those)} đề nghị do người của chính "
                f"phòng thẩm định ({', '.join(by)}).",
                Fraction(len(own), len(those)),
            )


# To agree on one or two says nothing yet.
_MANY = 3


def _of_one_mind(
    nominees: _Lines, reviews: Iterable[Review], names: Names
) -> Iterator[Finding]:
    """Find the departments in which nobody was against anything, or nobody counted."""
    of = _by(nominees, lambda each: each.department)
    for review in reviews:
        code, those = review.department, of.get(review.department, [])
        if those and not review.votes:
            yield Finding(
                Sign.NO_VOTES,
                code,
                _lines(those),
                f"{names[code]}: biên bản bình xét không ghi số phiếu của đề nghị nào.",
            )
        elif len(review.votes) >= _MANY and not any(
            no for _, no in review.votes.values()
        ):
            voted = [e for e in those if (e.subject, e.title) in review.votes]
            yield Finding(
                Sign.UNANIMOUS,
                code,
                _lines(voted),
                f"{names[code]}: bình xét {len(review.votes)} đề nghị, không đề nghị "
                "nào có phiếu không đồng ý.",
            )


def _alike(nominees: _Lines) -> Iterator[Finding]:
    """Find reports of several subjects that are nearly equal.

    What one subject reports for several titles may be the same.
    """
    written = grouped(((each.subject, each.text), each) for each in nominees)
    reports = list(written)
    for group in alike([text for _, text in reports]):
        those = [reports[at] for at in (group.first, *group.others)]
        subjects = list(dict.fromkeys(subject for subject, _ in those))
        if len(subjects) > 1:
            yield Finding(
                Sign.ALIKE,
                subjects[0],
                _lines(each for report in those for each in written[report]),
                f"Báo cáo thành tích của {len(subjects)} người hoặc tập thể gần như "
                f"giống nhau: trùng {_how_much(group.least)} số cụm ba chữ liền nhau "
                "với bản đầu.",
                group.least,
            )


def _how_much(share: Fraction) -> str:
    return "toàn bộ" if share == 1 else f"ít nhất {share}"
