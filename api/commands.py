"""Every act, over HTTP: one route a kind, made from the one table of acts."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Header, Path, Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from pydantic import JsonValue

from api import door, problems
from api.admission import does, reads
from api.answers import Answer, RefusalOut
from api.deps import DeskDep, Reading
from api.headers import Router
from api.identity import Asking, Shown
from domain import ids
from domain.acts import ACTS
from domain.acts.declaring import ActRule
from domain.ids import Kind, WorkflowId
from domain.refusals import Refusal
from domain.states import CommandState
from intake.acts.bodies import BODIES
from intake.fields import Body, Empty, Reason
from intake.fields import Key as TargetKey
from papers.acts import describe
from store import commands
from store.knowing.acts import command_for
from store.tables import Command

router = Router(prefix="/api/v1", tags=["acts"])

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=200,
        description="Khóa do bên gửi đặt: gửi lại cùng khóa thì chỉ làm một lần.",
    ),
]
Part = Annotated[TargetKey, Path(max_length=80)]

_PATHS = {
    Kind.CAMPAIGN: "/campaigns/{key}",
    Kind.PHASE: "/phases/{key}",
    Kind.DEPARTMENT: "/phases/{key}/departments/{department}",
    Kind.COUNCIL: "/council-sessions/{key}",
    Kind.DECISION: "/decisions/{key}",
    Kind.CASE: "/cases/{key}",
}


class Done(Answer):
    """How an act stands. While *state* is «received», look again at *location*."""

    command: UUID
    kind: str
    state: CommandState
    received_at: datetime
    ended_at: datetime | None
    # What an act came to: each kind of act has words of its own.
    answer: dict[str, JsonValue] | None
    refusals: list[RefusalOut]
    location: str


# The same once more, by its name: a model would be read anew for each route.
_DONE = {"schema": {"$ref": f"#/components/schemas/{Done.__name__}"}}
_RECEIVED: dict[int | str, dict[str, Any]] = {
    HTTPStatus.ACCEPTED.value: {"content": {"application/json": _DONE}}
}


def _answer(command: Command) -> JSONResponse:
    if command.refusals is not None:
        reasons = [Refusal(**reason) for reason in command.refusals]
        return problems.refused(reasons, command=str(command.id))
    status = HTTPStatus.ACCEPTED
    if command.state is CommandState.APPLIED:
        status = HTTPStatus.OK
    done = _done(command)
    headers = {"Location": done.location}
    return JSONResponse(jsonable_encoder(done), status, headers)


def _done(command: Command) -> Done:
    return Done(
        command=command.id,
        kind=command.kind,
        state=command.state,
        received_at=command.received_at,
        ended_at=command.ended_at,
        answer=command.answer,
        refusals=[RefusalOut(**reason) for reason in command.refusals or []],
        location=f"/api/v1/commands/{command.id}",
    )


def target_of(kind: Kind) -> Callable[..., Awaitable[WorkflowId]]:
    """Make the dependency that reads a target of *kind* from the path."""

    async def department(key: Part, department: Part) -> WorkflowId:
        return ids.department(key, department)

    async def other(key: Part) -> WorkflowId:
        return WorkflowId(kind, key)

    return department if kind is Kind.DEPARTMENT else other


def _route(kind: str, rule: ActRule) -> Callable[..., Any]:
    async def act(
        target: WorkflowId,
        body: Body,
        desk: DeskDep,
        shown: Shown,
        idempotency_key: Key = "",
    ) -> Response:
        receive = partial(door.receive, kind=kind, target=target, body=body)
        taken = await desk.take(partial(receive, shown=shown, key=idempotency_key))
        return _answer(taken)

    # The kind's own body and target, in the signature that FastAPI reads.
    found = Depends(target_of(Kind(rule.target)))
    act.__annotations__["target"] = Annotated[WorkflowId, found]
    act.__annotations__["body"] = BODIES[kind]
    return act


@router.get("/commands/{command_id}", dependencies=[reads("act")])
def read_command(person: Asking, command_id: UUID, session: Reading) -> Done:
    """How an act stands that was answered with 202, for who did it or follows them."""
    return _done(command_for(session, command_id, person.id))


@router.post(
    "/commands/{command_id}/try-again",
    response_model=Done,
    responses=_RECEIVED,
    dependencies=[does("try_again")],
)
async def try_act_again(
    command_id: UUID,
    desk: DeskDep,
    shown: Shown,
    idempotency_key: Key = "",
) -> Response:
    """Try an act again that a fault has set aside, and answer as it ends then."""
    tend = partial(door.tend, kind="try_again", command=command_id, said=Empty())
    tended = await desk.take(partial(tend, shown=shown, key=idempotency_key))
    if tended.state is not CommandState.APPLIED:
        return _answer(tended)
    return _answer(await desk.take(partial(commands.again, command_id=command_id)))


@router.post(
    "/commands/{command_id}/discard",
    response_model=Done,
    responses=_RECEIVED,
    dependencies=[does("discard")],
)
async def discard_act(
    command_id: UUID,
    body: Reason,
    desk: DeskDep,
    shown: Shown,
    idempotency_key: Key = "",
) -> Response:
    """Give an act up that a fault has set aside, and say why."""
    tend = partial(door.tend, kind="discard", command=command_id, said=body)
    return _answer(await desk.take(partial(tend, shown=shown, key=idempotency_key)))


# Where each act is sent, behind the prefix of the routes.
ACT_PATHS = {
    kind: f"{_PATHS[Kind(ACTS[kind].target)]}/{kind.replace('_', '-')}"
    for kind in BODIES
}
for _kind, _path in ACT_PATHS.items():
    _rule = ACTS[_kind]
    router.add_api_route(
        _path,
        _route(_kind, _rule),
        methods=["POST"],
        response_model=Done,
        responses=_RECEIVED,
        summary=_rule.summary,
        description=describe(_rule),
        operation_id=_kind,
        tags=[_rule.target],
        dependencies=[does(_kind)],
    )
