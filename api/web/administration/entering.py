"""Forms of the office's own rows, made of the API's bodies."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from api.deps import DatabaseDep
from api.identity import Asking
from api.office.directory import Apart, DepartmentIn, PersonIn
from api.office.histories import KINDS
from api.office.master import require_editor
from api.problems import told
from api.statuses import status_of
from api.web.administration.offering import choices_of
from api.web.forms import Form, Wrong
from api.web.rendering import render
from api.web.words import gettext
from domain.policy import EDITS
from domain.refusals import Refused, in_words
from domain.rules.rulepack import RulePack
from intake.fields import Body, DepartmentCode, PersonCode
from store.database import Database
from store.office.standing import roles_today
from store.tables import Person

PROPOSALS = "/quan-tri/de-nghi"
VERSION = "_phien_ban"
_TAKEN = gettext("Mã này đã có; hãy chọn mã khác.")


class _DepartmentCoded(Body):
    code: DepartmentCode


class _PersonCoded(Body):
    code: PersonCode


class NewDepartment(DepartmentIn, _DepartmentCoded):
    """A department with the code that it is to have."""


class NewPerson(PersonIn, _PersonCoded):
    """A person with the code that they are to have."""


# What is entered, by the path of its kind in the API; what is new has a code as well.
ENTERED: Mapping[str, type[Body]] = {
    "departments": DepartmentIn,
    "departments/new": NewDepartment,
    "people": PersonIn,
    "people/new": NewPerson,
    "people/told-apart": Apart,
    **{kind.path: kind.entry for kind in KINDS},
}


def form_of(about: str, choices: Mapping[str, Any] | None = None) -> Form:
    """Make the form of a row, of whoever it is: *choices* stand for their fields."""
    schema = ENTERED[about].model_json_schema()
    fields = {**schema["properties"], **(choices or {})}
    fields.pop("person", None)
    return Form({**schema, "properties": fields})


def may_enter(session: Session, visitor: Person) -> bool:
    """Say whether somebody writes rows of the office."""
    return bool(roles_today(session, visitor.id) & EDITS["master_data"].who)


def entering(database: DatabaseDep, visitor: Asking) -> Person:
    """Find who enters a row. Refused (`not_allowed`): others see no form again."""
    with database.read() as session:
        require_editor(session, visitor)
    return visitor


Entering = Annotated[Person, Depends(entering)]
# Writes the *body* that it is given.
Write = Callable[..., Awaitable[Any]]


def if_match(typed: Mapping[str, str]) -> str | None:
    """Name the version that a form knows, as the API has it named."""
    version = typed.get(VERSION)
    return f'"{version}"' if version else None


@dataclass(frozen=True)
class EntryPage:
    """The form of one row of the office, for one visitor.

    *about* is what it is a row of, *person* whose, *back* where it leads; *known* is
    what is to be looked at before. One that is there already has a *version*, and can
    come to an end, be taken back, or that alone where it is *fixed*.
    """

    database: Database
    visitor: Person
    about: str
    title: str
    back: str
    person: str | None = None
    ends: bool = False
    voids: bool = False
    fixed: bool = False
    known: Sequence[str] = ()
    packs: Sequence[RulePack] = ()

    def show(
        self,
        typed: Mapping[str, str],
        wrong: Wrong | None = None,
        refused: Refused | None = None,
    ) -> Response:
        """Show the form with what was typed, and what is wrong with it."""
        with self.database.read() as session:
            form = form_of(self.about, choices_of(session, self.about, self.packs))
            editor = may_enter(session, self.visitor)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
        named = [(x, form.label_of(x), said) for x, said in (wrong or {}).items()]
        return render(
            "administration/entry.html",
            status_of(refused.refusals) if refused else status,
            visitor=self.visitor,
            page=self,
            editor=editor,
            fields=form.fields(typed, wrong or {}),
            wrong=named,
            said=in_words(refused.refusals) if refused else "",
            version=typed.get(VERSION, ""),
            typed=defaultdict(str, typed),
        )

    def show_known(self, row: Any) -> Response:
        """Show what is known of a row, to be corrected."""
        known = form_of(self.about).typed(row.model_dump(mode="json"))
        return self.show(known | {VERSION: str(row.version)})

    def writing(self, route: Write, shown: Any, **which: Any) -> Write:
        """Write as a *route* of the API does: *which* row, and in which version."""
        facts = {"session": self.database, "person": shown, "response": Response()}
        return partial(route, **facts, **which)

    async def send(self, typed: Mapping[str, str], write: Write) -> Response:
        """Write what was typed; a post that decides waits for a second pair of eyes."""
        said = form_of(self.about).read(typed)
        if self.person is not None:
            said |= {"person": self.person}
        body = ENTERED[self.about]
        return await self.sent(typed, lambda: write(body=body.model_validate(said)))

    async def sent(
        self, typed: Mapping[str, str], write: Callable[[], Awaitable[Any]]
    ) -> Response:
        """Write, and lead on; or give back what was typed, and say why."""
        try:
            done = await write()
        except ValidationError as error:
            wrong = told(error.errors(), ENTERED[self.about])
            return await run_in_threadpool(self.show, typed, wrong)
        except Refused as refused:
            if refused.refusals[0].code == "version_missing":
                return await run_in_threadpool(self.show, typed, {"code": _TAKEN})
            return await run_in_threadpool(self.show, typed, None, refused)
        waits = isinstance(done, Response)
        return RedirectResponse(PROPOSALS if waits else self.back, HTTPStatus.SEE_OTHER)
