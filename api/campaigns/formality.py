"""Signs of formality in a phase's list, for who prepares the council's vote."""

from itertools import chain
from typing import Annotated
from uuid import UUID

from fastapi import Path

from api.admission import reads
from api.answers import Answer, OfLineOut
from api.deps import Reading, ThePhase
from api.headers import Router
from api.paging import Cursor, Limit, Page, cut, further
from domain.reports.formality import Finding, Sign
from store.findings.formality import formality

router = Router(prefix="/api/v1/phases/{key}/formality", tags=["phase"])
# How many of its lines a finding shows by itself.
_SHOWN = 20


class FindingOut(Answer):
    """What was seen, of which title, department or subject, and in how many lines.

    *lines* are the first of them; all are under `formality/{sign}/{of}/lines`.
    """

    sign: Sign
    of: str
    share: str | None
    many: int
    lines: list[UUID]
    said: str


@router.get("", summary="Dấu hiệu hình thức", dependencies=[reads("vote")])
def read(
    phase: ThePhase,
    session: Reading,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[FindingOut]:
    """Say what looks as if it were there for form's sake; it decides nothing."""
    found = formality(session, phase)
    return cut(found, limit, cursor, _place, _out, int, str, str)


@router.get(
    "/{sign}/{of}/lines",
    summary="Đề nghị có một dấu hiệu",
    dependencies=[reads("vote")],
)
def lines(
    phase: ThePhase,
    sign: Sign,
    of: Annotated[str, Path(max_length=64)],
    session: Reading,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[OfLineOut]:
    """List the lines in which a sign was seen of a title, department or subject."""
    seen = (
        each.lines
        for each in formality(session, phase)
        if (each.sign, each.of) == (sign, of)
    )
    found = [UUID(line) for line in dict.fromkeys(chain.from_iterable(seen))]
    return further(
        found, limit, cursor, lambda line: line, lambda line: OfLineOut(line=line)
    )


def _out(one: Finding) -> FindingOut:
    return FindingOut(
        sign=one.sign,
        of=one.of,
        share=None if one.share is None else str(one.share),
        many=len(one.lines),
        lines=[UUID(line) for line in one.lines[:_SHOWN]],
        said=one.said,
    )


def _place(one: Finding) -> tuple[int, str, str]:
    """Order by sign; of like reports several may begin with one subject."""
    return [*Sign].index(one.sign), one.of, one.lines[0] if one.lines else ""
