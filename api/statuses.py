"""Which status a refusal has in HTTP, and how each status is called."""

from collections.abc import Sequence
from http import HTTPStatus

from domain.refusals import Refusal

# What is not there, by the code of its refusal.
_NOT_THERE = (
    "unknown_account",
    "unknown_act",
    "unknown_attachment",
    "unknown_board",
    "unknown_campaign",
    "unknown_case",
    "unknown_code",
    "unknown_command",
    "unknown_deadline",
    "unknown_decision",
    "unknown_delivery",
    "unknown_feed",
    "unknown_delegation",
    "unknown_department",
    "unknown_draft",
    "unknown_line",
    "unknown_notice",
    "unknown_pack",
    "unknown_part",
    "unknown_phase",
    "unknown_proposal",
    "unknown_record",
    "unknown_session",
    "unknown_sign_in",
    "unknown_subject",
    "unknown_target",
    "unknown_title",
    "unknown_token",
)

# What is not a conflict with how things stand, by the code of its refusal.
_STATUS = {
    **dict.fromkeys(_NOT_THERE, HTTPStatus.NOT_FOUND),
    "not_allowed": HTTPStatus.FORBIDDEN,
    "beyond_delegation": HTTPStatus.FORBIDDEN,
    "beyond_token": HTTPStatus.FORBIDDEN,
    "no_account": HTTPStatus.FORBIDDEN,
    "no_person": HTTPStatus.FORBIDDEN,
    "no_seat": HTTPStatus.FORBIDDEN,
    "not_yours": HTTPStatus.FORBIDDEN,
    "not_administrator": HTTPStatus.FORBIDDEN,
    "sign_in_again": HTTPStatus.FORBIDDEN,
    "wrong_code": HTTPStatus.FORBIDDEN,
    "not_signed_in": HTTPStatus.UNAUTHORIZED,
    "unknown_person": HTTPStatus.UNAUTHORIZED,
    "wrong_sign_in": HTTPStatus.UNAUTHORIZED,
    "wrong_sso": HTTPStatus.UNAUTHORIZED,
    "sso_away": HTTPStatus.SERVICE_UNAVAILABLE,
    "too_many_tries": HTTPStatus.TOO_MANY_REQUESTS,
    "key_missing": HTTPStatus.BAD_REQUEST,
    "key_reused": HTTPStatus.UNPROCESSABLE_ENTITY,
    "bad_cursor": HTTPStatus.NOT_FOUND,
    "version_missing": HTTPStatus.PRECONDITION_REQUIRED,
    "version_unquoted": HTTPStatus.BAD_REQUEST,
    "version_changed": HTTPStatus.PRECONDITION_FAILED,
    "name_missing": HTTPStatus.BAD_REQUEST,
    "not_a_form": HTTPStatus.BAD_REQUEST,
    "not_octets": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    # It has the form that the document of all routes can tell, and is still none.
    "file_name": HTTPStatus.CONFLICT,
    "file_empty": HTTPStatus.UNPROCESSABLE_ENTITY,
    "file_incomplete": HTTPStatus.BAD_REQUEST,
    "file_too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "file_kind": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "file_unlike_name": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "signatures_unreadable": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "bad_certificate": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "bad_layout": HTTPStatus.UNPROCESSABLE_ENTITY,
    "file_infected": HTTPStatus.UNPROCESSABLE_ENTITY,
    "scanner_away": HTTPStatus.SERVICE_UNAVAILABLE,
    "files_away": HTTPStatus.SERVICE_UNAVAILABLE,
}

_TITLES = {
    HTTPStatus.BAD_REQUEST: "Yêu cầu không hợp lệ",
    HTTPStatus.UNAUTHORIZED: "Chưa biết bạn là ai",
    HTTPStatus.FORBIDDEN: "Bạn không có quyền làm việc này",
    HTTPStatus.NOT_FOUND: "Không tìm thấy",
    HTTPStatus.METHOD_NOT_ALLOWED: "Không làm được theo cách này",
    HTTPStatus.CONFLICT: "Chưa làm được việc này",
    HTTPStatus.PRECONDITION_FAILED: "Nội dung đã có người sửa",
    HTTPStatus.PRECONDITION_REQUIRED: "Thiếu phiên bản",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Nội dung gửi lên quá dài",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Không đọc được dạng này",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Nội dung gửi lên chưa đúng",
    HTTPStatus.TOO_MANY_REQUESTS: "Đã thử quá nhiều lần",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Hệ thống gặp lỗi",
    HTTPStatus.SERVICE_UNAVAILABLE: "Hệ thống đang bận",
}


def status_of(refusals: Sequence[Refusal]) -> HTTPStatus:
    """Find the status of a refusal: 409 unless its code says otherwise."""
    return _STATUS.get(refusals[0].code, HTTPStatus.CONFLICT)


def title_of(status: HTTPStatus) -> str:
    """Say what a status means."""
    return _TITLES.get(status, "Không làm được")
