"""The slip with a one-time code that an administrator hands out."""

from datetime import datetime

from papers.wording import moment

_SLIP = """\
PHIẾU ĐẶT MẬT KHẨU
Tên đăng nhập: {account}
Mã dùng một lần: {code}
Mã dùng được trước {until}.
{where}Chỉ dùng mã này để tự đặt mật khẩu; không đưa mã hay mật khẩu cho ai khác, kể cả
người quản trị. Nếu mã không dùng được nữa mà bạn chưa dùng, hãy báo ngay cho cơ quan.
"""


def slip(account: str, code: str, ends_at: datetime, address: str) -> str:
    """Write a slip, with the *address* of the service where it is known."""
    where = f"Địa chỉ: {address}\n" if address else ""
    return _SLIP.format(account=account, code=code, until=moment(ends_at), where=where)
