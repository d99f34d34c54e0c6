"""A YAML file is read whole or refused with every problem at its line."""

from datetime import date, time
from fractions import Fraction
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from intake.documents import read_document
from intake.faults import BadDocument, Problem, object_to, objection
from intake.fields import Clock, Day, Ratio

DATE = "ngày có thật, dạng NĂM-THÁNG-NGÀY (ví dụ 2022-06-30)"
RATIO = "tỷ lệ dạng TỬ SỐ/MẪU SỐ, mẫu số khác 0 (ví dụ 15/100)"


class Item(BaseModel):
    model_config = ConfigDict(extra="forbid")

    number: int = Field(ge=1)
    day: Day
    end: Day | None = None

    @field_validator("end")
    @classmethod
    def _after_the_day(cls, end: date | None, info: ValidationInfo) -> date | None:
        if end and "day" in info.data and end < info.data["day"]:
            raise ValueError(f"từ {info.data['day']} trở đi")
        return end


class Sheet(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=2)
    kind: Literal["regular", "thematic"] = "regular"
    open: bool = False
    at: Clock = time(8)
    share: Ratio = Fraction(1)
    amount: int | Item | None = None
    items: tuple[Item, ...] = Field(default=(), min_length=1)

    @field_validator("items")
    @classmethod
    def _numbered(cls, items: tuple[Item, ...]) -> tuple[Item, ...]:
        wrong = [at for at, item in enumerate(items) if item.number != at + 1]
        object_to([objection(str(at + 1), at, "number") for at in wrong])
        return items


def problems(text: str | bytes) -> list[Problem]:
    with pytest.raises(BadDocument) as refused:
        read_document(text, Sheet, "sheet.yaml")
    return refused.value.problems


def test_the_field_gives_a_value_its_type_and_never_the_look_of_its_text():
    text = "\n".join(
        [
            "name: no",  # YAML 1.1 reads false
            "open: yes",
            "at: 12:30",  # YAML 1.1 reads 750
            "share: 15/100",
            "amount: 010",  # YAML 1.1 reads 8
            "items: [{number: 1, day: 2022-06-30, end: }]",
        ]
    )

    sheet = read_document(text, Sheet, "sheet.yaml")

    assert sheet == Sheet(
        name="no",
        open=True,
        at=time(12, 30),
        share=Fraction(3, 20),
        amount=10,
        items=(Item(number=1, day=date(2022, 6, 30)),),
    )


def test_every_text_is_composed_and_a_byte_order_mark_is_no_text():
    decomposed = "name: Phòng".encode().replace("ò".encode(), "o\u0300".encode())

    sheet = read_document(b"\xef\xbb\xbf" + decomposed, Sheet, "sheet.yaml")

    assert sheet == Sheet(name="Ph\u00f2ng")


MANY_ERRORS = """\
name: x
kind: monthly
kind: regular
share: 1/0
amount: none at all
items:
  - number: 0
    day: 2022-06-31
  - day: 20220630
    dya: 2022-06-30
  - number: 3
    day: 2022-06-30
    end: 2022-06-29
nmae: An
"""
FIELDS = "name, kind, open, at, share, amount, items"
MANY_PROBLEMS = [
    Problem(1, "name", "x", "ít nhất 2 ký tự"),
    Problem(2, "kind", "monthly", "một trong: regular, thematic"),
    Problem(3, "kind", "kind", "mỗi mục chỉ viết một lần"),
    Problem(4, "share", "1/0", RATIO),
    Problem(5, "amount", "none at all", "số nguyên; một nhóm mục (tên: giá trị)"),
    Problem(7, "items.0.number", "0", "từ 1 trở lên"),
    Problem(8, "items.0.day", "2022-06-31", DATE),
    Problem(9, "items.1.number", "", "phải có mục này"),
    Problem(9, "items.1.day", "20220630", DATE),
    Problem(
        10,
        "items.1.dya",
        "2022-06-30",
        "chỉ các mục: number, day, end (có phải day?)",
    ),
    Problem(13, "items.2.end", "2022-06-29", "từ 2022-06-30 trở đi"),
    Problem(14, "nmae", "An", f"chỉ các mục: {FIELDS} (có phải name?)"),
]


def test_all_problems_come_at_once_each_with_its_line():
    assert problems(MANY_ERRORS) == MANY_PROBLEMS


def test_a_list_whose_items_are_all_wrong_is_not_called_too_short():
    text = "name: An\nitems: [{number: 0, day: 2022-06-30}]"

    found = problems(text)

    assert found == [Problem(2, "items.0.number", "0", "từ 1 trở lên")]


def test_a_check_across_items_points_at_each_offending_line():
    text = """\
name: An
items:
  - {number: 1, day: 2022-06-30}
  - {number: 1, day: 2022-06-30}
  - {number: 1, day: 2022-06-30}
"""

    found = problems(text)

    assert found == [
        Problem(4, "items.1.number", "1", "2"),
        Problem(5, "items.2.number", "1", "3"),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem(1, "", "tệp rỗng", "một tệp có nội dung")),
        ("# chỉ có lời chú\n", Problem(1, "", "tệp rỗng", "một tệp có nội dung")),
        ("- An", Problem(1, "", "một danh sách", "một nhóm mục (tên: giá trị)")),
        ("name:", Problem(1, "name", "(rỗng)", "chữ")),
        (
            "name: An\nitems: []",
            Problem(2, "items", "một danh sách", "ít nhất 1 phần tử"),
        ),
        ("name: []", Problem(1, "name", "một danh sách", "chữ")),
        (
            "items: {items: 1}\nname: An",
            Problem(1, "items", "một nhóm mục", "một danh sách (mỗi dòng một dấu -)"),
        ),
        (
            "\nname: An: Bình",
            Problem(
                2,
                "",
                "name: An: Bình",
                "một dấu hai chấm sau tên mục; chữ có dấu hai chấm thì đặt trong "
                "ngoặc kép",
            ),
        ),
        (
            "items:\n\t- number: 1",
            Problem(2, "", "- number: 1", "thụt dòng bằng dấu cách, không bằng tab"),
        ),
        (
            "name: 'An\n\n",
            Problem(
                3,
                "",
                "hết tệp",
                "YAML đúng cú pháp (xem thụt dòng, dấu hai chấm, dấu ngoặc)",
            ),
        ),
        (
            "name: &an An\nkind: *an",
            Problem(
                2,
                "",
                "kind: *an",
                "không dùng tham chiếu (dấu * ở đầu): hãy viết lại nội dung",
            ),
        ),
        (
            "name: !!python/name:os.system An",
            Problem(
                1,
                "name",
                "tag:yaml.org,2002:python/name:os.system",
                "không dùng thẻ (dấu !)",
            ),
        ),
        (
            "name: An\n---\nname: Bình",
            Problem(2, "", "---", "một tài liệu trong một tệp (không có --- thứ hai)"),
        ),
        (
            "name: An\x07",
            Problem(1, "", "ký tự U+0007", "chữ in được, không có ký tự điều khiển"),
        ),
        (
            "name: Ấn\nkind: ề\x1f",
            Problem(2, "", "ký tự U+001F", "chữ in được, không có ký tự điều khiển"),
        ),
        (
            "name: Ấn\nkind: \ud800",
            Problem(2, "", "ký tự U+D800", "chữ in được, không có ký tự điều khiển"),
        ),
        (
            "name: Ấn\nkind: @\tx",
            Problem(
                2,
                "",
                "kind: @ x",
                "YAML đúng cú pháp (xem thụt dòng, dấu hai chấm, dấu ngoặc)",
            ),
        ),
        (
            b"name: An\nkind: \xff",
            Problem(2, "", "byte 0xFF", "tệp chữ mã hóa UTF-8"),
        ),
        ("[" * 1_000_000, Problem(1, "", "lồng quá sâu", "không quá vài chục tầng")),
        ("- " * 5000, Problem(1, "", "lồng quá sâu", "không quá vài chục tầng")),
    ],
)
def test_what_cannot_be_read_is_one_problem_with_its_line(
    text: str | bytes, problem: Problem
):
    found = problems(text)

    assert found == [problem]


def test_the_sentences_say_line_field_what_was_found_and_what_is_allowed():
    text = "kind: thematic\nitems: [{number: 1, day: 31/6/2022}]"

    with pytest.raises(BadDocument) as refused:
        read_document(text, Sheet, "sheet.yaml")

    assert str(refused.value).splitlines() == [
        "sheet.yaml:",
        "dòng 1: `name`: còn thiếu, phải có mục này",
        f"dòng 2: `items.0.day`: gặp «31/6/2022», cho phép: {DATE}",
    ]
