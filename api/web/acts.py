"""A page for every act: made from the table of acts and from what the act says."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from http import HTTPStatus
from typing import Annotated, Any
from uuid import uuid4

from fastapi import Depends, Request, Response
from pydantic import ValidationError
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from api import door
from api.accounts.front import Front, FrontDep
from api.accounts.sessions import PasswordBody, confirm_password
from api.admission import does, reads
from api.commands import ACT_PATHS, target_of
from api.deps import DeskDep, Packs
from api.identity import Asking, Credentials, Shown, signed_in
from api.problems import told
from api.statuses import status_of
from api.web.choosing.asked import Asked
from api.web.choosing.offering import offered
from api.web.forms import Form, Wrong
from api.web.posted import Posted, fields_of
from api.web.rendering import render
from api.web.visiting import pages
from domain.acts import ACTS
from domain.ids import Kind, WorkflowId
from domain.refusals import Refusal, Refused
from domain.rules.rulepack import RulePack
from domain.states import CommandState
from engine.situations import stand_of, unknown
from intake.acts.bodies import BODIES
from papers.acts import describe
from store.database import Database
from store.knowing.matters import closed_among
from store.tables import Command, Person

PREFIX = "/lam"
_KEY, _MORE, _LESS, _PASSWORD = "_khoa", "_them", "_bot", "_mat_khau"
# What a password mends that is given with the act.
_UNCONFIRMED = frozenset({"sign_in_again", "wrong_sign_in", "too_many_tries"})

router = pages()


@cache
def _form(kind: str) -> Form:
    return Form(BODIES[kind].model_json_schema())


@dataclass(frozen=True)
class _Sheet:
    """The page of one act on one target, for one visitor."""

    kind: str
    target: WorkflowId
    visitor: Person
    database: Database
    packs: tuple[RulePack, ...]

    async def page(
        self,
        typed: Mapping[str, str],
        status: HTTPStatus = HTTPStatus.OK,
        *,
        wrong: Wrong | None = None,
        refusals: tuple[Refusal, ...] = (),
    ) -> Response:
        """Show the form with what was typed. Raises Refused (`unknown_target`)."""
        return await run_in_threadpool(self._page, typed, status, wrong or {}, refusals)

    def _page(
        self,
        typed: Mapping[str, str],
        status: HTTPStatus,
        wrong: Wrong,
        refusals: tuple[Refusal, ...],
    ) -> Response:
        form = _form(self.kind)
        with self.database.read() as session:
            self._require_there(session)
            asked = Asked(session, self.kind, self.target, self.visitor.id, self.packs)
            choices = offered(asked, form.names)
        return render(
            "act.html",
            status,
            visitor=self.visitor,
            title=ACTS[self.kind].summary,
            about=describe(ACTS[self.kind]),
            fields=form.fields(typed, wrong, choices),
            wrong=[(name, form.label_of(name), said) for name, said in wrong.items()],
            refusals=refusals,
            key=typed.get(_KEY) or uuid4().hex,
            unconfirmed=any(each.code in _UNCONFIRMED for each in refusals),
        )

    def _require_there(self, session: Session) -> None:
        """Raise Refused (`unknown_target`) for what is not there, for this visitor."""
        stand_of(session, self.target)
        if closed_among(session, [str(self.target)], self.visitor.id):
            raise unknown(self.target)

    async def refused(
        self, typed: Mapping[str, str], refusals: tuple[Refusal, ...]
    ) -> Response:
        """Give back what was typed, and say why it is not done."""
        return await self.page(typed, status_of(refusals), refusals=refusals)

    async def ended(self, typed: Mapping[str, str], command: Command) -> Response:
        """Say what became of an act: done, refused as typed, or only received."""
        if command.refusals is not None:
            # Sent again it is another act: this one has its answer.
            again = {**typed, _KEY: uuid4().hex}
            return await self.refused(
                again, tuple(Refusal(**each) for each in command.refusals)
            )
        return render(
            "done.html",
            visitor=self.visitor,
            title=ACTS[self.kind].summary,
            done=command.state is CommandState.APPLIED,
            received_at=command.received_at,
        )


def _sheet_of(kind: str, target: Any) -> Any:
    async def sheet(
        target: WorkflowId, visitor: Asking, request: Request, packs: Packs
    ) -> _Sheet:
        database = request.app.state.database
        return _Sheet(kind, target, visitor, database, tuple(packs))

    sheet.__annotations__["target"] = Annotated[WorkflowId, Depends(target)]
    return Annotated[_Sheet, Depends(sheet)]


def _asked(kind: str, sheet_dep: Any) -> Any:
    async def ask(sheet: _Sheet, request: Request) -> Response:
        return await sheet.page(fields_of(request.query_params.multi_items()))

    ask.__annotations__["sheet"] = sheet_dep
    return ask


def _sent(kind: str, sheet_dep: Any) -> Any:
    async def send(
        sheet: _Sheet, typed: Posted, desk: DeskDep, shown: Shown, front: FrontDep
    ) -> Response:
        if added := typed.get(_MORE):
            return await sheet.page(Form.with_row(typed, added))
        if row := typed.get(_LESS):
            return await sheet.page(Form.without_row(typed, row))
        try:
            body = BODIES[kind].model_validate(_form(kind).read(typed))
        except ValidationError as error:
            wrong = told(error.errors(), BODIES[kind])
            return await sheet.page(typed, HTTPStatus.UNPROCESSABLE_ENTITY, wrong=wrong)
        receive = partial(
            door.receive,
            kind=kind,
            target=sheet.target,
            body=body,
            shown=shown,
            key=typed.get(_KEY) or uuid4().hex,
        )
        try:
            if password := typed.get(_PASSWORD):
                await _confirm(front, password)
            command = await desk.take(receive)
        except Refused as refused:
            return await sheet.refused(typed, refused.refusals)
        return await sheet.ended(typed, command)

    send.__annotations__["sheet"] = sheet_dep
    return send


async def _confirm(front: Front, password: str) -> None:
    """Take the password once more. Raises Refused (`wrong_sign_in`), Throttled."""
    own = Credentials(front.request)
    signed = await run_in_threadpool(signed_in, front.database, own)
    await confirm_password(
        PasswordBody.model_construct(password=password), front, signed
    )


for _kind, _path in ACT_PATHS.items():
    _sheet = _sheet_of(_kind, target_of(Kind(ACTS[_kind].target)))
    for _page_of, _method, _way in (
        (_asked, "GET", reads("act_form")),
        (_sent, "POST", does(_kind)),
    ):
        router.add_api_route(
            PREFIX + _path,
            _page_of(_kind, _sheet),
            methods=[_method],
            dependencies=[_way],
        )
