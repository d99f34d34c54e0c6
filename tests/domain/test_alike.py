"""Which achievement reports are nearly equal, and at what cost that is found."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reports.alike import ALIKE, Group, alike, runs, similarity

# Thirty words.
REPORT = (
    "Trong năm đã hoàn thành tốt nhiệm vụ được giao, tham mưu kịp thời cho lãnh đạo "
    "phòng, phục vụ chu đáo các kỳ họp và có nhiều đề xuất"
)


def changed(words: int) -> str:
    """The report with so many of its words changed, far from one another."""
    said = REPORT.split()
    for at in range(words):
        said[4 + 9 * at] = f"khác{at}"
    return " ".join(said)


@st.composite
def reports(draw: st.DrawFn) -> list[str]:
    """Texts, most of which are another one with a few words changed."""
    word = st.sampled_from(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy"])
    texts = [draw(st.lists(word, min_size=0, max_size=40))]
    for _ in range(draw(st.integers(0, 7))):
        text = list(draw(st.sampled_from(texts)))
        for _ in range(draw(st.integers(0, 3))):
            text.insert(draw(st.integers(0, len(text))), draw(word))
        texts.append(text)
    return [" ".join(text) for text in texts]


def one_by_one(texts: list[str]) -> list[Group]:
    """Compare each text with the first one of every group there is."""
    found: dict[int, dict[int, Fraction]] = {}
    for at, text in enumerate(texts):
        like = {first: similarity(runs(texts[first]), runs(text)) for first in found}
        best = max(like, key=lambda first: (like[first], -first), default=at)
        if like.get(best, 0) >= ALIKE:
            found[best][at] = like[best]
        else:
            found[at] = {}
    return [
        Group(first, tuple(others), min(others.values()))
        for first, others in found.items()
        if others
    ]


def test_capitals_and_punctuation_make_no_difference() -> None:
    assert alike(["Hoàn thành tốt!", "hoàn   thành: TỐT"]) == [
        Group(0, (1,), Fraction(1))
    ]


def test_a_text_of_thirty_words_with_one_changed_is_still_alike() -> None:
    assert len(REPORT.split()) == 30
    assert similarity(runs(REPORT), runs(changed(1))) == Fraction(25, 31)
    assert alike([REPORT, changed(1)]) == [Group(0, (1,), Fraction(25, 31))]


def test_a_text_with_three_words_changed_is_another_one() -> None:
    assert alike([REPORT, changed(3)]) == []


def test_who_is_alike_is_named_with_the_first_of_them_and_how_much_at_least() -> None:
    texts = ["Một việc khác hẳn, kể bằng lời của mình.", REPORT, changed(1), REPORT]

    assert alike(texts) == [Group(1, (2, 3), Fraction(25, 31))]


@given(reports())
def test_no_pair_is_missed_that_comparing_one_by_one_finds(texts: list[str]) -> None:
    assert alike(texts) == one_by_one(texts)


@pytest.mark.timeout(60)
def test_ten_thousand_texts_from_one_mould_are_compared_in_seconds() -> None:
    texts = [f"{REPORT} {REPORT.upper()} đồng chí số {n}" for n in range(10_000)]

    [group] = alike(texts)

    assert len(group.others) == 9_999


@pytest.mark.timeout(60)
def test_ten_thousand_texts_that_share_their_first_half_are_compared_in_seconds() -> (
    None
):
    own = [" ".join(f"{n} việc{place}" for place in range(20)) for n in range(10_000)]

    assert alike([f"{REPORT} {text}" for text in own]) == []
