"""A page for every act: made from the table of acts and from what the act says."""

from functools import partial
from typing import Annotated, Any
from uuid import uuid4

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from api import door
from api.accounts.front import FrontDep
from api.admission import does, reads
from api.commands import ACT_PATHS, target_of
from api.deps import DatabaseDep, DeskDep, Packs
from api.identity import Asking, Shown
from api.problems import told
from api.web.acting.paths import BACK, KEY, PREFIX, inside
from api.web.acting.receipts import receipt_path
from api.web.acting.sheet import ActPage
from api.web.confirming import confirm
from api.web.forms import Form
from api.web.posted import Posted, fields_of
from api.web.visiting import LOOK, pages
from domain.acts import ACTS
from domain.ids import Kind, WorkflowId
from domain.refusals import Refusal, Refused
from intake.acts.bodies import BODIES
from store.tables import Command

# What a button of the form does instead of sending it.
_MORE, _LESS = "_them", "_bot"

router = pages()


def _page_of(kind: str, target: Any) -> Any:
    async def page(
        target: WorkflowId, visitor: Asking, database: DatabaseDep, packs: Packs
    ) -> ActPage:
        return ActPage(kind, target, visitor, database, tuple(packs))

    page.__annotations__["target"] = Annotated[WorkflowId, Depends(target)]
    return Annotated[ActPage, Depends(page)]


def _asked(kind: str, page: Any) -> Any:
    def ask(page: ActPage, request: Request) -> Response:
        return page.asked(fields_of(request.query_params.multi_items()))

    ask.__annotations__["page"] = page
    return ask


def _sent(kind: str, page: Any) -> Any:
    async def send(
        page: ActPage, typed: Posted, desk: DeskDep, shown: Shown, front: FrontDep
    ) -> Response:
        if changed := _changed(typed):
            return await run_in_threadpool(page.asked, changed)
        try:
            body = BODIES[kind].model_validate(page.form.read(typed))
        except ValidationError as error:
            wrong = told(error.errors(), BODIES[kind])
            return await run_in_threadpool(page.wrong, typed, wrong)
        receive = partial(door.receive, kind=kind, target=page.target, body=body)
        key = typed.get(KEY) or uuid4().hex
        try:
            await confirm(front, typed)
            command = await desk.take(partial(receive, shown=shown, key=key))
        except Refused as refused:
            return await run_in_threadpool(page.refused, typed, refused.refusals)
        if command.refusals is not None:
            return await run_in_threadpool(_refused, page, typed, command)
        back = inside(typed.get(BACK, "/"))
        return RedirectResponse(receipt_path(command, back), 303)

    send.__annotations__["page"] = page
    return send


def _refused(page: ActPage, typed: Posted, command: Command) -> Response:
    # Sent again it is another act: this one has its answer.
    again = {**typed, KEY: uuid4().hex}
    reasons = tuple(Refusal(**each) for each in command.refusals or ())
    return page.refused(again, reasons)


def _changed(typed: Posted) -> dict[str, str] | None:
    """Do what a button of the form asks for, if it is not to send it."""
    if added := typed.get(_MORE):
        return Form.with_row(typed, added)
    if row := typed.get(_LESS):
        return Form.without_row(typed, row)
    return {**typed} if LOOK in typed else None


for _kind, _path in ACT_PATHS.items():
    _page = _page_of(_kind, target_of(Kind(ACTS[_kind].target)))
    for _made, _method, _way in (
        (_asked, "GET", reads("act_form")),
        (_sent, "POST", does(_kind)),
    ):
        router.add_api_route(
            PREFIX + _path,
            _made(_kind, _page),
            methods=[_method],
            dependencies=[_way],
        )
