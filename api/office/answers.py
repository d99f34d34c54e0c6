"""What a write to the office's rows is answered with: the row, or a proposal of it."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from fastapi import Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse

from api.answers import Answer
from api.versions import tell
from store.office.changes import Changed
from store.tables import Proposal, ProposalEnd


class ProposalOut(Answer):
    """A change that waits for a second pair of eyes, or how that ended.

    *about* and *key* name the row, *said* is what is to become of it, *posts* are the
    posts that hang on it, and *person* is whom it concerns. It is to be answered by
    *due_at*; unanswered it lapses, which grants nothing.
    """

    id: int
    about: str
    key: str | None
    verb: str
    said: dict[str, str | bool | int | None]
    posts: list[str]
    person: str | None
    proposed_by: str
    proposed_at: datetime
    due_at: datetime | None
    outcome: ProposalEnd | None
    ended_by: str | None
    ended_at: datetime | None
    reason: str | None


PROPOSED: dict[int | str, dict[str, Any]] = {202: {"model": ProposalOut}}


def answered(
    done: Changed | Proposal, show: Callable[[Any], Any], response: Response
) -> Any:
    """Answer with the row, or say by 202 that somebody has to confirm it first."""
    if isinstance(done, Proposal):
        content = jsonable_encoder(ProposalOut.model_validate(done))
        where = {"Location": f"/api/v1/proposals/{done.id}"}
        return JSONResponse(content, HTTPStatus.ACCEPTED, where)
    if done.new is not None:
        tell(response, done.row.version)
    return show(done.row)
