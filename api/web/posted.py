"""What a form sends: fields and their texts, no more than a form of ours has."""

from collections.abc import Iterable, Mapping
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Request

from api.web.words import gettext
from domain.grouping import grouped
from domain.refusals import refuse

_MOST, _FIELDS = 2**20, 5_000  # bytes; a long list has some thousand fields
_FORM = "application/x-www-form-urlencoded"


async def posted(request: Request) -> Mapping[str, str]:
    """Read a form, once. Raises Refused (`not_a_form`)."""
    if not hasattr(request.state, "typed"):
        request.state.typed = await _read(request)
    typed: Mapping[str, str] = request.state.typed
    return typed


async def _read(request: Request) -> Mapping[str, str]:
    if not request.headers.get("content-type", "").startswith(_FORM):
        raise unread()
    read = bytearray()
    async for part in request.stream():
        read += part
        if len(read) > _MOST:
            raise unread()
    try:
        pairs = parse_qsl(read.decode(), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:
        raise unread() from None
    if any("\0" in each for pair in pairs for each in pair):
        raise unread()
    return fields_of(pairs)


def fields_of(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Put together what was typed: of what was chosen several times, a line each."""
    return {name: "\n".join(texts) for name, texts in grouped(pairs).items()}


def unread() -> Exception:
    """Refuse (`not_a_form`) what is no form of ours."""
    return refuse(
        "not_a_form", gettext("Không đọc được biểu mẫu: hãy tải lại trang và gửi lại.")
    )


Posted = Annotated[Mapping[str, str], Depends(posted)]
