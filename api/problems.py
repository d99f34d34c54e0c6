"""Refusals said in HTTP: RFC 9457, one sentence a reason, in Vietnamese."""

from collections.abc import Sequence
from dataclasses import asdict
from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from pydantic_core import ErrorDetails
from sqlalchemy.exc import OperationalError, TimeoutError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.accounts.throttling import Throttled
from api.statuses import status_of, title_of
from domain.refusals import Certainty, Refusal, Refused, in_own_words, in_words
from domain.roles import HEAD
from intake.faults import allowed_by, contradicts, is_echo
from store.database import Database
from store.office.agency import head_in

MEDIA_TYPE = "application/problem+json"


class ProblemPart(BaseModel):
    """One thing that is wrong: where in the request, or by which rule and law."""

    code: str
    detail: str
    pointer: str | None = None
    rule: str | None = None
    source: str | None = None
    certainty: Certainty | None = None
    warning: str | None = None


class ProblemDocument(BaseModel):
    """Why something is not done (RFC 9457); *instance* is an error's number in the log.

    *command* names the act that was refused, if it had been received.
    """

    type: str
    title: str
    status: int
    detail: str
    errors: list[ProblemPart] = []
    command: UUID | None = None
    instance: str | None = None


_AWAY = (
    "Cơ sở dữ liệu tạm thời không trả lời. Hãy gửi lại; với một thao tác thì gửi lại "
    "cùng Idempotency-Key."
)

_MOST = 100
_UUID = "mã UUID"
_MOMENT = "ngày giờ có thật, dạng ISO 8601 có múi giờ (ví dụ 2022-06-30T08:00:00+07:00)"
_LIST = "danh sách"
_OBJECT = "đối tượng JSON"
# What a file has otherwise, or not at all; the rest is said of both alike.
_OF_REQUESTS = {
    "json_invalid": "JSON đúng dạng, mã hóa UTF-8, lồng không quá 200 tầng, không có "
    "ký tự rỗng (NUL)",
    **dict.fromkeys(("uuid_type", "uuid_parsing"), _UUID),
    **dict.fromkeys(("tuple_type", "list_type", "frozen_set_type"), _LIST),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), _OBJECT),
    **dict.fromkeys(
        (
            "datetime_type",
            "datetime_parsing",
            "datetime_from_date_parsing",
            "datetime_object_invalid",
            "timezone_aware",
        ),
        _MOMENT,
    ),
}


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
        "title": title_of(status),
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


def invalid(errors: Sequence[ErrorDetails], body: object = None) -> JSONResponse:
    """Answer with what is wrong in a request, whose *body* is of this model.

    Of more than a hundred things the first ones, or it would cost whatever is asked.
    What the document of all routes can tell is 422; what has its form, yet contradicts
    itself or what is known, is a conflict.
    """
    wrong = [each for each in errors if not is_echo(each)]
    told = [_error(each, body) for each in wrong[:_MOST]]
    said = [f"{each['pointer']}: {each['detail']}" for each in told]
    if rest := len(wrong) - len(told):
        said.append(f"và {rest} chỗ nữa")
    if all(map(contradicts, wrong)):
        status, code = HTTPStatus.CONFLICT, "contradictory"
    else:
        status, code = HTTPStatus.UNPROCESSABLE_ENTITY, "invalid"
    return problem(status, code, f"{'; '.join(said)}.", told)


def told(errors: Sequence[ErrorDetails], body: object) -> dict[str, str]:
    """Say what is wrong with a *body* that a form has made, by its fields' names."""
    wrong = (each for each in errors if not is_echo(each))
    return {".".join(map(str, each["loc"])): _allowed_in(each, body) for each in wrong}


def unforeseen(incident: str) -> JSONResponse:
    """Answer for an error of ours, by the number that it has in the log."""
    return problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "unforeseen",
        "Hệ thống gặp lỗi ngoài dự kiến. Hãy báo cho người quản trị số của lỗi này "
        f"trong nhật ký: {incident}.",
        instance=f"urn:uuid:{incident}",
    )


def worded_here(
    database: Database, reasons: tuple[Refusal, ...]
) -> tuple[Refusal, ...]:
    """Say refusals in the words of this office, where they name its head."""
    if not any(HEAD in each.detail for each in reasons):
        return reasons
    with database.read() as session:
        return in_own_words(reasons, head_in(session))


def install(app: FastAPI) -> None:
    """Make every error of *app* a problem document."""

    @app.exception_handler(Refused)
    def _refused(request: Request, error: Refused) -> JSONResponse:
        answer = refused(worded_here(request.app.state.database, error.refusals))
        answer.headers.update(_beside(error, answer.status_code))
        return answer

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        body = request.scope["route"].body_field
        return invalid(error.errors(), body and body.field_info.annotation)

    @app.exception_handler(OperationalError)
    @app.exception_handler(TimeoutError)
    def _away(_request: Request, _error: OperationalError) -> JSONResponse:
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, "database_away", _AWAY)

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> JSONResponse:
        status = HTTPStatus(error.status_code)
        answer = problem(status, status.name.lower(), f"{title_of(status)}.")
        answer.headers.update(error.headers or {})
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            answer.headers["Allow"] = ", ".join(sorted(_allowed(request)))
        return answer


def _beside(error: Refused, status: int) -> dict[str, str]:
    """Say beside a refusal how to sign in, or after how long to try again."""
    if isinstance(error, Throttled):
        return {"Retry-After": str(error.seconds)}
    if status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": 'Bearer realm="thidua"'}
    return {}


def _allowed(request: Request) -> set[str]:
    """Find how a path may be asked for; each of its routes knows of itself only."""
    found: set[str] = set()
    for route in request.app.routes:
        if route.matches(request.scope)[0] is not Match.NONE:
            found |= route.methods
    return found | ({"HEAD"} if "GET" in found else set())


def _error(error: ErrorDetails, body: object) -> dict[str, str]:
    place, *loc = error["loc"]
    said = _allowed_in({**error, "loc": tuple(loc)}, body)
    pointer = "/".join(["", str(place), *map(str, loc)])
    return {"pointer": pointer, "code": error["type"], "detail": said}


def _allowed_in(error: ErrorDetails, body: object) -> str:
    """Say what is allowed where an error is."""
    kind = error["type"]
    allowed = _OF_REQUESTS.get(kind) or allowed_by(error, body)
    return allowed if kind == "missing" else f"chỉ nhận: {allowed}"
