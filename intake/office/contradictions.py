"""What came in and contradicts the rows, in sentences for whoever sent it."""

from collections.abc import Iterable, Sequence
from datetime import date

from domain.calendar import day_vi
from domain.refusals import Refusal, Refused, refuse

KEY_REUSED = Refusal(
    "key_reused",
    "Khóa Idempotency-Key này đã dùng cho một yêu cầu khác; yêu cầu mới cần một khóa "
    "mới.",
)
NOT_STUCK = Refusal(
    "not_stuck",
    "Chỉ thử lại hoặc bỏ được thao tác bị kẹt hay bị lỗi; thao tác này không bị kẹt, "
    "không bị lỗi.",
)
SECRETARIAT_MISSING = Refusal(
    "secretariat_missing",
    "Phải luôn có một phòng thường trực thi đua đang hoạt động và chưa định ngày kết "
    "thúc; hãy giao phòng khác làm thường trực trước.",
)


def require_order(starts: date | None, ends: date | None) -> None:
    """Raise Refused (`bad_document`) unless what ends ends after it starts."""
    if starts and ends and ends <= starts:
        raise refuse(
            "bad_document",
            f"Ngày kết thúc ({day_vi(ends)}) phải sau ngày bắt đầu ({day_vi(starts)}); "
            "ngày kết thúc là ngày đầu tiên không còn tính.",
        )


def unknown_record(name: str, key: int) -> Refused:
    """Say that no entry of a history has this number."""
    return refuse("unknown_record", f"Không có {name} nào mang số {key}.")


def already_recorded(person: str, name: str) -> Refused:
    """Say that a person has such an entry of a history already."""
    said = f"{person} đã có {name} này rồi; hãy sửa mục đã có."
    return refuse("already_recorded", said)


def granted_already(person: str, title: str, year: int) -> Refused:
    """Say that what is entered as granted before is judged, or was granted, here."""
    said = f"{person} đang được xét hoặc đã được tặng «{title}» năm {year} ở đây."
    return refuse("already_recorded", said)


def overlap(person: str, name: str, starts: date, ends: date | None) -> Refused:
    """Say that a person has had something else at the same time."""
    until = f"đến trước {day_vi(ends)}" if ends else "đến nay"
    return refuse(
        "overlap",
        f"{person} đã có {name} từ {day_vi(starts)} {until}, trùng với thời gian này.",
    )


def both_ways(lines: Iterable[object]) -> Refused:
    """Say that lines cannot be supposed to pass and to fail."""
    said = f"Giả định vừa đạt vừa không đạt: {_named(lines)}."
    return refuse("both_ways", said)


def not_waiting(lines: Iterable[object]) -> Refused:
    """Say of which lines nothing can be supposed."""
    return refuse(
        "not_waiting",
        "Chỉ giả định được với đề nghị của giai đoạn còn chờ Hội đồng; không phải: "
        f"{_named(lines)}.",
    )


def already_nominated(again: Iterable[tuple[str, str]]) -> Refusal:
    """Say of which subjects a title is nominated already, for the same time."""
    said = "; ".join(f"{subject} - {title}" for subject, title in again)
    return Refusal("already_nominated", f"Đã có đề nghị cho cùng thời gian: {said}.")


def not_of_department(strange: Iterable[str], day: date, code: str) -> Refusal:
    """Say which subjects a department cannot speak for, by where they are on a day."""
    return Refusal(
        "not_of_department",
        f"Không thuộc phòng: {_named(set(strange))}. Cá nhân phải là người của phòng "
        f"ngày {day_vi(day)}, tập thể chỉ có thể là «{code}».",
    )


def title_not_in_phase(
    phase: str, strange: Iterable[str], titles: Iterable[str]
) -> Refusal:
    """Say which titles a phase does not consider, and which it does."""
    return Refusal(
        "title_not_in_phase",
        f"{phase} không xét {_named(strange)}; được đề nghị: {', '.join(titles)}.",
    )


def _named(lines: Iterable[object]) -> str:
    return ", ".join(sorted(map(str, lines)))


class Contradiction(Exception):
    """A roster contradicts the rows: nothing of it has been written."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = tuple(sentences)


# What a roster may contradict.
DEPARTMENT_ENDED = "phòng đã kết thúc từ ngày {ends}"
NO_DEPARTMENT = "không có phòng nào mang mã này để giao làm thường trực"
ANOTHER_SECRETARIAT = "phòng thường trực đang là {others}"
TWO_IN_ONE_POST = "{persons} cùng giữ; tệp phải ghi cả người thôi giữ chức vụ này"
NO_DEPARTMENT_TO_HEAD = "trưởng phòng phải thuộc một phòng"
HIRED_BEFORE = "danh bạ ghi vào {department} từ {starts}, tệp ghi ngày vào {hired}"
HAD_LEFT = "danh bạ ghi đã rời từ {ends}; vào lại thì ghi ngày vào mới"
SERVED_ELSEWHERE = "thời gian công tác trùng với thời gian đã có trong danh bạ"
BEGAN_LATER = "danh bạ ghi bắt đầu từ {starts}, không kết thúc trước ngày {ends} được"
ANOTHER_SEAT = "danh bạ ghi đang là {seat}; đổi ghế thì dùng /council-seats"
# What is left to do after it.
NO_SECRETARIAT = (
    "Chưa có phòng thường trực thi đua: ghi x ở cột «thường trực», hoặc nhập với "
    "--secretariat MÃ."
)
MAYBE_ONE = "Có thể là một người mang hai mã: {person} và {others}."
STILL_SEATED = "Đã rời cơ quan mà còn ghế trong Hội đồng: {persons}."


def contradicts(whom: str, what: str, **facts: str | date | None) -> str:
    """Say of whom, and *what*, a roster contradicts."""
    said = {k: day_vi(v) if isinstance(v, date) else v for k, v in facts.items()}
    return f"{whom}: {what.format_map(said)}."


def year_not_begun(year: int) -> Refused:
    """Refuse what somebody says of a year to come (`bad_document`)."""
    return refuse("bad_document", f"Năm {year} chưa đến.")


def died_before(died_on: date, began: date) -> Refused:
    """Refuse a death before the work of who died (`bad_document`)."""
    return refuse(
        "bad_document",
        f"Ngày mất ({day_vi(died_on)}) không thể trước ngày bắt đầu làm việc "
        f"({day_vi(began)}).",
    )
