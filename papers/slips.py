"""The slip with a one-time code that an administrator hands out."""

from datetime import datetime

from papers.wording import moment

_SLIP = """\
PHIẾU ĐẶT MẬT KHẨU
Tên đăng nhập: {account}
Mã dùng một lần: {code}
Mã dùng được trước {until}.
{also}Chỉ dùng mã này để tự đặt mật khẩu; không đưa mã hay mật khẩu cho ai khác, kể cả
người quản trị. Nếu mã không dùng được nữa mà bạn chưa dùng, hãy báo ngay cho cơ quan.
"""
_HALF = """\
Mã trên phiếu là nửa đầu. Nửa sau do người chứng kiến (người của phòng thường trực thi
đua hoặc lãnh đạo cơ quan) đọc cho bạn khi thấy bạn nhận phiếu; nhập liền sau nửa đầu.
"""


def slip(
    account: str, code: str, ends_at: datetime, address: str, *, waits: bool = False
) -> str:
    """Write a slip, with the *address* of the service where it is known.

    The code of one that *waits* is whole with what a witness adds.
    """
    where = f"Địa chỉ: {address}\n" if address else ""
    return _SLIP.format(
        account=account,
        code=code,
        until=moment(ends_at),
        also=f"{_HALF if waits else ''}{where}",
    )
