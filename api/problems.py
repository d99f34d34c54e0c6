"""Refusals said in HTTP: RFC 9457, one sentence a reason, in Vietnamese."""

from collections.abc import Sequence
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from domain.refusals import Refusal, Refused, in_words

MEDIA_TYPE = "application/problem+json"

# What is not there, by the code of its refusal.
_NOT_THERE = (
    "unknown_board",
    "unknown_campaign",
    "unknown_case",
    "unknown_command",
    "unknown_delegation",
    "unknown_department",
    "unknown_draft",
    "unknown_line",
    "unknown_notice",
    "unknown_pack",
    "unknown_phase",
    "unknown_proposal",
    "unknown_record",
    "unknown_session",
    "unknown_subject",
    "unknown_target",
    "unknown_title",
)

# What is not a conflict with how things stand, by the code of its refusal.
_STATUS = {
    **dict.fromkeys(_NOT_THERE, HTTPStatus.NOT_FOUND),
    "not_allowed": HTTPStatus.FORBIDDEN,
    "beyond_delegation": HTTPStatus.FORBIDDEN,
    "unknown_person": HTTPStatus.UNAUTHORIZED,
    "key_missing": HTTPStatus.BAD_REQUEST,
    "key_reused": HTTPStatus.UNPROCESSABLE_ENTITY,
    "bad_document": HTTPStatus.UNPROCESSABLE_ENTITY,
    "bad_cursor": HTTPStatus.BAD_REQUEST,
    "version_missing": HTTPStatus.PRECONDITION_REQUIRED,
    "version_changed": HTTPStatus.PRECONDITION_FAILED,
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
    HTTPStatus.UNPROCESSABLE_ENTITY: "Nội dung gửi lên chưa đúng",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Hệ thống gặp lỗi",
    HTTPStatus.SERVICE_UNAVAILABLE: "Hệ thống đang bận",
}

_AWAY = (
    "Cơ sở dữ liệu tạm thời không trả lời. Hãy gửi lại; với một thao tác thì gửi lại "
    "cùng Idempotency-Key."
)

# pydantic's error type → what is allowed; {…} are pydantic's own figures.
_ALLOWED = {
    "missing": "bắt buộc phải có",
    "extra_forbidden": "không nhận trường này",
    "string_too_short": "phải dài ít nhất {min_length} ký tự",
    "string_too_long": "dài nhất {max_length} ký tự",
    "string_pattern_mismatch": "không đúng dạng; phải là {pattern}",
    "string_type": "phải là chữ",
    "int_parsing": "phải là số nguyên",
    "int_type": "phải là số nguyên",
    "bool_type": "phải là true hoặc false",
    "bool_parsing": "phải là true hoặc false",
    "greater_than_equal": "phải từ {ge} trở lên",
    "less_than_equal": "phải từ {le} trở xuống",
    "literal_error": "phải là một trong: {expected}",
    "enum": "phải là một trong: {expected}",
    "too_short": "phải có ít nhất {min_length} mục",
    "too_long": "nhiều nhất {max_length} mục",
    "tuple_type": "phải là danh sách",
    "list_type": "phải là danh sách",
    "dict_type": "phải là một đối tượng JSON",
    "model_attributes_type": "phải là một đối tượng JSON",
    "date_from_datetime_parsing": "phải là ngày có thật, dạng NĂM-THÁNG-NGÀY",
    "date_parsing": "phải là ngày có thật, dạng NĂM-THÁNG-NGÀY",
    "date_type": "phải là ngày có thật, dạng NĂM-THÁNG-NGÀY",
    "datetime_from_date_parsing": "phải là ngày giờ có múi giờ, dạng ISO 8601",
    "datetime_parsing": "phải là ngày giờ có múi giờ, dạng ISO 8601",
    "timezone_aware": "phải ghi rõ múi giờ (ví dụ +07:00)",
    "uuid_parsing": "phải là một mã UUID",
    "json_invalid": "không phải JSON đúng dạng",
    "objection": "chỉ nhận: {allowed}",
    "value_error": "chỉ nhận: {error}",
}
_OTHERWISE = "giá trị không được nhận"


def status_of(refusals: Sequence[Refusal]) -> HTTPStatus:
    """Find the status of a refusal: 409 unless its code says otherwise."""
    return _STATUS.get(refusals[0].code, HTTPStatus.CONFLICT)


def problem(
    status: HTTPStatus,
    code: str,
    detail: str,
    errors: Sequence[dict[str, Any]] = (),
    **more: Any,
) -> JSONResponse:
    """Answer with a problem document."""
    content = {
        "type": f"/problems/{code}",
        "title": _TITLES.get(status, status.phrase),
        "status": status.value,
        "detail": detail,
        **({"errors": list(errors)} if errors else {}),
        **more,
    }
    return JSONResponse(content, status, media_type=MEDIA_TYPE)


def refused(refusals: Sequence[Refusal], **more: Any) -> JSONResponse:
    """Answer with every reason of a refusal, each with its rule and its law."""
    return problem(
        status_of(refusals),
        refusals[0].code,
        in_words(refusals),
        [asdict(refusal) for refusal in refusals],
        **more,
    )


def install(app: FastAPI) -> None:
    """Make every error of *app* a problem document."""

    @app.exception_handler(Refused)
    def _refused(_request: Request, error: Refused) -> JSONResponse:
        return refused(error.refusals)

    @app.exception_handler(RequestValidationError)
    def _invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        errors = [_error(dict(each)) for each in error.errors()]
        said = "; ".join(f"{each['pointer']}: {each['detail']}" for each in errors)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return problem(status, "invalid", f"{said}.", errors)

    @app.exception_handler(OperationalError)
    def _away(_request: Request, _error: OperationalError) -> JSONResponse:
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, "database_away", _AWAY)

    @app.exception_handler(HTTPException)
    def _http(_request: Request, error: HTTPException) -> JSONResponse:
        status = HTTPStatus(error.status_code)
        answer = problem(status, status.name.lower(), _TITLES.get(status, "Lỗi") + ".")
        answer.headers.update(error.headers or {})
        return answer


def _error(error: dict[str, Any]) -> dict[str, Any]:
    pointer = "/" + "/".join(str(part) for part in error["loc"])
    template = _ALLOWED.get(error["type"], _OTHERWISE)
    context = _Context(error.get("ctx") or {})
    context["expected"] = str(context["expected"]).replace(" or ", " hoặc ")
    detail = template.format_map(context)
    return {"pointer": pointer, "code": error["type"], "detail": detail}


class _Context(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"
