"""Every act, over HTTP: one route a kind, made from the one table of acts."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

import anyio.to_thread
from fastapi import APIRouter, Depends, Header, Path, Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlmodel import Session

from api import problems
from api.deps import DatabaseDep, DeskDep
from api.identity import Asking
from domain import ids
from domain.acts import ACTS, may, not_allowed
from domain.acts.declaring import ActRule
from domain.calendar import local_day
from domain.ids import Kind, Target
from domain.refusals import Refusal, refuse
from domain.roles import Role
from domain.states import CommandState
from engine.situations import campaign_of
from intake.acts.bodies import BODIES
from intake.fields import Body
from intake.fields import Key as TargetKey
from papers.acts import describe
from store import delegations
from store.commands import Intent
from store.database import Database, now
from store.deciding import nominated_director
from store.office import people
from store.tables import Command, CouncilSession, Decision

router = APIRouter(prefix="/api/v1", tags=["acts"])

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


class Done(BaseModel):
    """How an act stands. While *state* is «received», look again at *location*."""

    command: UUID
    kind: str
    state: CommandState
    received_at: datetime
    ended_at: datetime | None
    answer: dict[str, Any] | None
    refusals: list[dict[str, Any]]
    location: str


def _intend(
    database: Database,
    kind: str,
    target: Target,
    body: Body,
    actor: str,
    key: str,
) -> Intent:
    rule = ACTS[kind]
    if not key:
        raise refuse(
            "key_missing", "Thiếu tiêu đề Idempotency-Key: mỗi thao tác mang một khóa."
        )
    with database.read() as session:
        campaign = campaign_of(session, target)
        phase, department = _place(session, target)
        behalf, delegation = _authority(session, kind, campaign, target, actor)
    return Intent(
        actor=actor,
        behalf=behalf,
        delegation=delegation,
        kind=kind,
        campaign=campaign,
        target=str(target),
        body=body.model_dump(mode="json"),
        key=key,
        phase=phase,
        department=department,
        window=rule.window,
    )


def _authority(
    session: Session, kind: str, campaign: str, target: Target, actor: str
) -> tuple[str | None, str | None]:
    """Find for whom an act is done, and under which delegation; nobody for oneself.

    Raises Refused (`not_allowed`, `beyond_delegation`).
    """
    moment, department = now(session), _place(session, target)[1]
    roles = people.roles_of(session, actor, local_day(moment), department)
    if may(kind, roles):
        return None, None
    if director := _stands_in_for(session, kind, target, roles):
        return director, None
    basis = delegations.basis_for(session, campaign, kind, actor, moment)
    if basis is None:
        raise not_allowed(kind)
    return basis.given_by, basis.id


def _stands_in_for(
    session: Session, kind: str, target: Target, roles: frozenset[Role]
) -> str | None:
    """Name the director whose own lines a deputy decides (E25)."""
    if kind != "decide" or Role.DEPUTY_DIRECTOR not in roles:
        return None
    return nominated_director(session, target.key, local_day(now(session)))


def _place(session: Session, target: Target) -> tuple[str | None, str | None]:
    match target.kind:
        case Kind.CAMPAIGN | Kind.CASE:
            return None, None
        case Kind.PHASE:
            return target.key, None
        case Kind.DEPARTMENT:
            return ids.department_key(target)
        case Kind.COUNCIL:
            return session.get_one(CouncilSession, target.key).phase, None
        case Kind.DECISION:
            return session.get_one(Decision, target.key).phase, None


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
        refusals=command.refusals or [],
        location=f"/api/v1/commands/{command.id}",
    )


def _target_of(kind: Kind) -> Callable[..., Awaitable[Target]]:
    """Make the dependency that reads a target of *kind* from the path."""

    async def department(key: Part, department: Part) -> Target:
        return ids.department(key, department)

    async def other(key: Part) -> Target:
        return Target(kind, key)

    return department if kind is Kind.DEPARTMENT else other


def _route(kind: str, rule: ActRule) -> Callable[..., Any]:
    async def act(
        target: Target,
        body: Body,
        database: DatabaseDep,
        desk: DeskDep,
        person: Asking,
        idempotency_key: Key = "",
    ) -> Response:
        intent = await anyio.to_thread.run_sync(
            _intend, database, kind, target, body, person.id, idempotency_key
        )
        return _answer(await desk.take(intent))

    # The kind's own body and target, in the signature that FastAPI reads.
    target_of = Depends(_target_of(Kind(rule.target)))
    act.__annotations__["target"] = Annotated[Target, target_of]
    act.__annotations__["body"] = BODIES[kind]
    return act


@router.get("/commands/{command_id}")
def read_command(command_id: UUID, desk: DeskDep, person: Asking) -> Done:
    """How an act stands that was answered with 202."""
    return _done(desk.command(command_id))


@router.post("/commands/{command_id}/try-again", responses={202: {"model": Done}})
async def try_again(
    command_id: UUID, database: DatabaseDep, desk: DeskDep, person: Asking
) -> Response:
    """Try an act again that a fault of the system had kept from its end."""
    await anyio.to_thread.run_sync(_require_secretariat, database, person.id)
    return _answer(await desk.try_again(command_id))


def _require_secretariat(database: Database, person: str) -> None:
    with database.read() as session:
        roles = people.roles_of(session, person, local_day(now(session)))
    if Role.SECRETARIAT not in roles:
        raise refuse(
            "not_allowed",
            "Chỉ Phòng Hành chính, Tổ chức, Quản trị thử lại thao tác bị kẹt.",
        )


_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status.value: {"description": status.phrase, "content": {problems.MEDIA_TYPE: {}}}
    for status in (
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    )
}

for _kind in BODIES:
    _rule = ACTS[_kind]
    router.add_api_route(
        f"{_PATHS[Kind(_rule.target)]}/{_kind.replace('_', '-')}",
        _route(_kind, _rule),
        methods=["POST"],
        response_model=Done,
        responses={202: {"model": Done}, **_PROBLEMS},
        summary=_rule.summary,
        description=describe(_rule),
        operation_id=_kind,
        tags=[_rule.target],
    )
