"""What is kept of the person who asks: for them alone, and all of it."""

from typing import Annotated, Any

from fastapi import Path
from sqlmodel import SQLModel

from api.admission import reads
from api.answers import Answer
from api.deps import Reading
from api.headers import Router
from api.identity import Asking
from api.paging import Cursor, Limit, Order, Page
from domain.refusals import refuse
from store.personal.own import PARTS

router = Router(prefix="/api/v1/me/data", tags=["me"])

_TITLES = {
    "people": "Thông tin trong danh bạ",
    "told_apart": "Những mã dễ nhầm đã được phân biệt",
    "service_spans": "Thời gian công tác",
    "appointments": "Chức vụ",
    "council_seats": "Ghế trong Hội đồng",
    "ratings": "Xếp loại hằng năm",
    "disciplines": "Kỷ luật",
    "leaves": "Thời gian nghỉ dài",
    "recognitions": "Sáng kiến, đề tài được công nhận",
    "past_awards": "Danh hiệu, khen thưởng đã có từ trước",
    "proposals": "Đề nghị thay đổi thông tin về bạn",
    "registrations": "Đăng ký thi đua",
    "nominations": "Đề nghị khen thưởng cho bạn",
    "comments": "Góp ý bạn đã viết",
    "opinions": "Ý kiến bạn đã cho về người chuyển đi",
    "case_authors": "Sáng kiến có bạn là tác giả",
    "case_opinions": "Ý kiến của bạn về vụ việc, sáng kiến",
    "session_members": "Phiên họp bạn được mời",
    "dissents": "Ý kiến bạn bảo lưu",
    "recusals": "Những lần bạn không tham gia biểu quyết",
    "tellers": "Những lần bạn kiểm phiếu",
    "paper_counts": "Số phiếu giấy bạn đã kiểm",
    "ballots_cast": "Những lần bạn đã bỏ phiếu (không có nội dung phiếu)",
    "delegations": "Ủy quyền bạn giao hoặc nhận",
    "commands": "Thao tác bạn đã gửi, hoặc được gửi thay bạn",
    "notices": "Thông báo gửi cho bạn",
    "letter_wishes": "Cách bạn muốn nhận thư",
    "calendar_feeds": "Địa chỉ lịch riêng của bạn (không có mã bí mật)",
    "accounts": "Tài khoản của bạn",
    "user_sessions": "Những phiên đăng nhập của bạn",
    "api_tokens": "Mã truy cập bạn đã lập cho chương trình",
    "acts": "Thao tác của bạn trong nhật ký",
    "campaigns": "Phong trào bạn đã lập, ký hoặc phát động",
    "attachments": "Tệp bạn đã đính kèm hoặc gỡ",
    "word_layouts": "Mẫu giấy tờ Word bạn đã đặt",
    "trusted_certificates": "Chứng thư số tin cậy bạn đã thêm",
    "outbox_holds": "Thư bạn đang giữ lại",
    "submissions": "Danh sách bạn đã nộp",
    "council_sessions": "Biên bản bạn đã ký",
    "decisions": "Quyết định bạn đã ký",
    "signed_papers": "Bản giấy đã ký bạn đã ghi hoặc giải quyết",
    "cases": "Vụ việc bạn đã ghi",
    "scorecards": "Bảng điểm bạn đã xác nhận",
}


class PartOut(Answer):
    """A part of what is kept of somebody, and where it is read."""

    part: str
    title: str
    path: str


class OwnRow(Answer):
    """One row: its columns by their names, as they are kept."""

    row: dict[str, Any]


@router.get("", dependencies=[reads("my_data")])
def my_data() -> list[PartOut]:
    """List the parts of what is kept of the person who asks."""
    return [
        PartOut(part=part, title=_TITLES[part], path=f"{router.prefix}/{part}")
        for part in PARTS
    ]


@router.get("/{part}", responses={404: {}}, dependencies=[reads("my_data")])
def my_part(
    part: Annotated[str, Path(max_length=32)],
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[OwnRow]:
    """Read one part of what is kept of the person who asks, row by row."""
    found = PARTS.get(part)
    if found is None:
        raise refuse("unknown_part", f"Không có phần dữ liệu nào tên «{part}».")

    def read(row: SQLModel) -> OwnRow:
        return OwnRow(row=found.read(row))

    order = Order(found.table, found.key)
    return order.page(session, found.rows_of(person.id), limit, cursor, read)
