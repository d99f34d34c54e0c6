"""What the office's own rows cannot take, in sentences for whoever sent it."""

from collections.abc import Collection, Iterable
from datetime import date

from domain.calendar import day_vi
from domain.refusals import Refusal, Refused, refuse

# What each history holds, by the path that it is found under.
HISTORY_NAMES = {
    "service-spans": "thời gian công tác",
    "appointments": "chức vụ",
    "council-seats": "ghế trong Hội đồng",
    "disciplines": "hình thức kỷ luật",
    "leaves": "thời gian nghỉ",
    "recognitions": "công nhận",
    "past-awards": "danh hiệu, khen thưởng đã có từ trước",
}
SAME_CODE = Refusal("bad_document", "Ghi mã của hai người khác nhau.")
TOLD_APART = Refusal("already_recorded", "Đã ghi rõ đó là hai người.")
PROPOSAL_ENDED = Refusal("proposal_ended", "Đề nghị này đã có người trả lời.")


def other_person(whose: str, named: str) -> Refused:
    """Say that an entry cannot be moved to somebody else."""
    return refuse(
        "other_person",
        f"Mục này là của {whose}, không chuyển sang {named} được; nếu ghi nhầm người "
        "thì hủy mục này (void) rồi ghi mục mới.",
    )


def post_taken(
    post: str, person: str, entry: int, starts: date, ends: date | None
) -> Refused:
    """Say who holds a post that only one may hold, and how somebody else gets it."""
    until = f"đến trước {day_vi(ends)}" if ends else "đến nay"
    return refuse(
        "post_taken",
        f"{post}: {person} giữ từ {day_vi(starts)} {until} (mục số {entry}). Ghi ngày "
        "thôi của người đó trước, hoặc ghi mục ấy ở «Thay cho» (replaces) để người "
        "mới thay từ ngày bắt đầu.",
    )


def other_post(entry: int) -> Refused:
    """Say that the entry to be replaced is of another post."""
    return refuse(
        "bad_document",
        f"Mục số {entry} (replaces) là của một chức vụ khác; ghi số của mục mà người "
        "mới thay.",
    )


def same_human(person: str, others: Iterable[str]) -> Refused:
    """Say that codes may be of one human, and what has to be said first."""
    return refuse(
        "same_human",
        f"{person} và {', '.join(sorted(others))} có thể là một người (cùng địa chỉ "
        "thư, hoặc cùng họ tên và ngày sinh). Chưa ghi ghế, biểu quyết được cho đến "
        "khi phòng thường trực ghi rõ đó là hai người (told-apart), hoặc sửa mục ghi "
        "nhầm.",
    )


def unknown_proposal(key: int) -> Refused:
    """Say that no proposal has this number."""
    return refuse("unknown_proposal", f"Không có đề nghị nào mang số {key}.")


def nobody_confirms(posts: Collection[str]) -> Refused:
    """Say that nobody can confirm who gets *posts*, and who then enters them."""
    return refuse(
        "nobody_confirms",
        f"{', '.join(posts)}: phải do một người khác xác nhận (không phải người đề "
        "nghị, không phải người được ghi), mà cơ quan chưa có ai giữ chức vụ được "
        "xác nhận. Người quản trị máy chủ nhập danh sách nhân sự bằng lệnh `thidua "
        "import`.",
    )


def as_published(day: date) -> Refused:
    """Say that the office has entered nothing of a day."""
    return refuse("unknown_record", f"Ngày {day_vi(day)} theo lịch chung.")
