"""What keeps letters from leaving, in the words of whoever has to mend it."""

from collections.abc import Mapping

_NOBODY = "Không kết nối được tới máy chủ thư: hãy kiểm tra địa chỉ, cổng và mạng."
_SLOW = "Máy chủ thư nhận kết nối rồi không trả lời trong thời gian cho phép."
_NO_TLS = (
    "Máy chủ thư không mở được kết nối mã hóa (TLS) như đã cài đặt, nên chưa gửi gì: "
    "hãy kiểm tra cổng và THIDUA_MAIL_SECURITY."
)
_SIGN_IN = (
    "Máy chủ thư không nhận tên hoặc mật khẩu: hãy kiểm tra THIDUA_MAIL_USER và "
    "THIDUA_MAIL_PASSWORD_FILE."
)
# By the name under which a channel's fault is kept.
_MEANS: Mapping[str, str] = {
    "ConnectionRefusedError": _NOBODY,
    "OSError": _NOBODY,
    "gaierror": _NOBODY,
    "ConnectError": "Không kết nối được tới địa chỉ nhận thông báo (webhook).",
    "ConnectTimeout": "Địa chỉ nhận thông báo (webhook) không trả lời.",
    "TimeoutError": _SLOW,
    "SMTPServerDisconnected": "Máy chủ thư ngắt kết nối giữa chừng.",
    "ConnectionResetError": "Máy chủ thư ngắt kết nối giữa chừng.",
    "broken": "Máy chủ thư ngắt kết nối giữa chừng.",
    "SSLCertVerificationError": (
        "Chứng thư của máy chủ thư không đáng tin hoặc mang tên khác, nên chưa gửi gì: "
        "hãy kiểm tra THIDUA_MAIL_HOST và THIDUA_MAIL_AUTHORITIES."
    ),
    "SSLError": _NO_TLS,
    "SSLEOFError": _NO_TLS,
    "SMTPNotSupportedError": _NO_TLS,
    "SMTPResponseException": _NO_TLS,
    "SMTPAuthenticationError": _SIGN_IN,
    "SMTPConnectError": "Máy chủ thư từ chối kết nối.",
    "NotSmtp": (
        "Nơi nhận kết nối không trả lời như một máy chủ thư (SMTP): hãy kiểm tra "
        "THIDUA_MAIL_HOST, THIDUA_MAIL_PORT và THIDUA_MAIL_SECURITY."
    ),
    "mail_530": _SIGN_IN,
}
_ANSWERED = "Máy chủ thư từ chối nhận thư của cơ quan, mã trả lời {}."
_ELSE = "Không gửi được; loại lỗi: {}."


def meaning(trouble: str) -> str:
    """Say in one sentence what a fault of a channel is, and where to look."""
    code = trouble.rpartition("_")[2]
    unknown = _ANSWERED.format(code) if code.isdigit() else _ELSE.format(trouble)
    return _MEANS.get(trouble, unknown)
