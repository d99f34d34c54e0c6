"""A page for every act: made from the table of acts and from what the act says."""

from collections.abc import Mapping
from functools import cache, partial
from http import HTTPStatus
from typing import Annotated, Any
from uuid import uuid4

from fastapi import Depends, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from api import door
from api.accounts.front import Front, FrontDep
from api.accounts.sessions import PasswordBody, confirm_password
from api.admission import does, reads
from api.commands import ACT_PATHS, target_of
from api.deps import DeskDep
from api.identity import Asking, Credentials, Shown, signed_in
from api.problems import told
from api.statuses import status_of
from api.web.forms import Form, Wrong
from api.web.posted import Posted
from api.web.rendering import render
from api.web.visiting import pages
from domain.acts import ACTS
from domain.ids import Kind, WorkflowId
from domain.refusals import Refusal, Refused
from domain.states import CommandState
from intake.acts.bodies import BODIES
from papers.acts import describe
from store.tables import Command, Person

PREFIX = "/lam"
_KEY, _MORE, _PASSWORD = "_khoa", "_them", "_mat_khau"
# What a password mends that is given with the act.
_UNCONFIRMED = frozenset({"sign_in_again", "wrong_sign_in", "too_many_tries"})

router = pages()


@cache
def _form(kind: str) -> Form:
    return Form(BODIES[kind].model_json_schema())


def _page(
    kind: str,
    visitor: Person,
    typed: Mapping[str, str],
    status: HTTPStatus = HTTPStatus.OK,
    wrong: Wrong | None = None,
    refusals: tuple[Refusal, ...] = (),
) -> Response:
    return render(
        "act.html",
        status,
        visitor=visitor,
        title=ACTS[kind].summary,
        about=describe(ACTS[kind]),
        fields=_form(kind).fields(typed, wrong or {}),
        wrong=[
            (name, Form.label_of(name), said) for name, said in (wrong or {}).items()
        ],
        refusals=refusals,
        key=typed.get(_KEY) or uuid4().hex,
        unconfirmed=any(each.code in _UNCONFIRMED for each in refusals),
    )


def _asked(kind: str, target: Any) -> Any:
    async def ask(target: WorkflowId, visitor: Asking) -> Response:
        return _page(kind, visitor, {})

    ask.__annotations__["target"] = Annotated[WorkflowId, Depends(target)]
    return ask


def _sent(kind: str, target: Any) -> Any:
    async def send(
        target: WorkflowId,
        typed: Posted,
        visitor: Asking,
        desk: DeskDep,
        shown: Shown,
        front: FrontDep,
    ) -> Response:
        if added := typed.get(_MORE):
            return _page(kind, visitor, _form(kind).with_row(typed, added))
        try:
            body = BODIES[kind].model_validate(_form(kind).read(typed))
        except ValidationError as error:
            wrong = told(error.errors(), BODIES[kind])
            return _page(kind, visitor, typed, HTTPStatus.UNPROCESSABLE_ENTITY, wrong)
        receive = partial(
            door.receive,
            kind=kind,
            target=target,
            body=body,
            shown=shown,
            key=typed.get(_KEY) or uuid4().hex,
        )
        try:
            if password := typed.get(_PASSWORD):
                await _confirm(front, password)
            command = await desk.take(receive)
        except Refused as refused:
            return _refused(kind, visitor, typed, refused.refusals)
        return _ended(kind, visitor, typed, command)

    send.__annotations__["target"] = Annotated[WorkflowId, Depends(target)]
    return send


async def _confirm(front: Front, password: str) -> None:
    """Take the password once more. Raises Refused (`wrong_sign_in`), Throttled."""
    own = Credentials(front.request)
    signed = await run_in_threadpool(signed_in, front.database, own)
    await confirm_password(
        PasswordBody.model_construct(password=password), front, signed
    )


def _refused(
    kind: str,
    visitor: Person,
    typed: Mapping[str, str],
    refusals: tuple[Refusal, ...],
) -> Response:
    return _page(kind, visitor, typed, status_of(refusals), refusals=refusals)


def _ended(
    kind: str, visitor: Person, typed: Mapping[str, str], command: Command
) -> Response:
    """Say what became of an act: done, refused as it was typed, or only received."""
    if command.refusals is not None:
        # Sent again it is another act: this one has its answer.
        again = {**typed, _KEY: uuid4().hex}
        return _refused(
            kind, visitor, again, tuple(Refusal(**each) for each in command.refusals)
        )
    return render(
        "done.html",
        visitor=visitor,
        title=ACTS[kind].summary,
        done=command.state is CommandState.APPLIED,
        received_at=command.received_at,
    )


for _kind, _path in ACT_PATHS.items():
    _target = target_of(Kind(ACTS[_kind].target))
    for _page_of, _method, _way in (
        (_asked, "GET", reads("act_form")),
        (_sent, "POST", does(_kind)),
    ):
        router.add_api_route(
            PREFIX + _path,
            _page_of(_kind, _target),
            methods=[_method],
            dependencies=[_way],
        )
