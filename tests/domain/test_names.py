"""Names and texts: what nobody sees is no part of them, and what reads alike is one."""

import pytest

from domain.names import as_read, clean, search_key, tidy
from domain.reports.alike import alike

# Spaces without width, joiners, directions, fillers, marks and controls.
UNSEEN = (
    "\u00ad\u034f\u115f\u180e\u200b\u200d\u200e\u202e\u2060\u2066\u2800\u3164\ufe0f\ufeff"
    "\uffa0\U000e0001\U000e0101\0\x1b\x7f\ud800"
)


@pytest.mark.parametrize("unseen", UNSEEN, ids=lambda letter: f"U+{ord(letter):04X}")
def test_what_nobody_sees_is_no_text_and_no_part_of_one(unseen: str) -> None:
    kept = {
        clean(unseen),
        tidy(f" {unseen}\n{unseen} "),
        clean(f"\u00a0{unseen}\u3000"),
    }

    assert kept == {""}
    assert clean(f"Lê{unseen} Văn T{unseen}ám") == "Lê Văn Tám"
    assert tidy(f"{unseen}Dòng một\r\n dòng{unseen} hai") == "Dòng một\n dòng hai"


def test_a_mark_without_its_letter_is_nothing() -> None:
    assert (clean("\u0301"), tidy("\u0323\n\u0301"), clean("e\u0301")) == ("", "", "é")


@pytest.mark.parametrize("typed", "ĐÐƉđðɖ", ids=lambda letter: f"U+{ord(letter):04X}")
def test_what_looks_like_d_with_a_stroke_is_that_letter(typed: str) -> None:
    meant = "Đ" if typed.isupper() else "đ"

    assert (clean(f"{typed}ào"), tidy(f"{typed}ào")) == (f"{meant}ào", f"{meant}ào")
    assert search_key(f"{typed}ào") == "dao"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "ho\u00e0"),
        ("THỦY", "thu\u1ef7"),
        ("khỏe", "kho\u1ebb"),
        ("ﬁn", "fin"),
        ("１", "1"),
    ],
)
def test_words_that_read_alike_are_one(one: str, other: str) -> None:
    assert as_read(one) == as_read(other)


@pytest.mark.parametrize(("one", "other"), [("hoa", "hòa"), ("mà", "má"), ("to", "tơ")])
def test_words_that_read_otherwise_are_two(one: str, other: str) -> None:
    assert as_read(one) != as_read(other)


def test_copied_text_is_found_however_it_is_typed_and_whatever_it_hides() -> None:
    report = "Hòa giải thành 12 vụ việc, được đánh giá là khỏe và nhiệt tình"
    typed = report.replace("òa", "o\u00e0").replace("ỏe", "o\u1ebb")

    [group] = alike([report, typed, "\u200b".join(typed)])

    assert (group.first, group.others, group.least) == (0, (1, 2), 1)
