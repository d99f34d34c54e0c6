"""One line of the list that a department is writing: typed, judged and kept as typed.

With scripts it is kept and judged while somebody types; without them by a button.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from api.admission import does, reads
from api.campaigns.drafts import (
    DraftedLine,
    DraftedList,
    PhaseKey,
    change_draft,
    require_writer,
)
from api.deps import DatabaseDep, Packs, the_phase
from api.identity import Asking, Shown
from api.problems import told
from api.statuses import status_of
from api.web.choosing.asked import Asked
from api.web.choosing.offering import offered
from api.web.department.merging import (
    ChangedMeanwhile,
    key_of,
    mark_of,
    named,
    with_line,
    without_line,
)
from api.web.department.places import OfPath, PartInPhase, part_of
from api.web.forms import Form
from api.web.naming import called
from api.web.posted import Posted, fields_of
from api.web.rendering import render
from api.web.visiting import pages
from domain.refusals import Refusal, Refused
from domain.rules.eligibility import Verdict
from domain.rules.rulepack import RulePack
from papers.terms import CERTAINTIES
from store.clock import now
from store.database import Database
from store.findings.drafted import judge_drafted
from store.tables import Draft, Person

router = pages()

_WHERE = "/phong/{key}/{department}/de-nghi/dong"
_MARK, _OVER, _WHAT = "goc", "_de", "_lam"
_CHECK, _REMOVE = "kiem-tra", "xoa"


@cache
def _form() -> Form:
    # A draft may lack what was achieved; a list that is sent may not.
    schema = DraftedLine.model_json_schema()
    return Form({**schema, "required": [*schema["required"], "achievement"]})


def written(session: Session, part: PartInPhase) -> DraftedList:
    """Read what a department has written so far."""
    row = session.get(Draft, (part.phase.id, part.department.code))
    return DraftedList.model_validate(row.content) if row else DraftedList()


@dataclass(frozen=True)
class Said:
    """What a page says of a line beside what was typed."""

    wrong: Mapping[str, str]
    refusals: tuple[Refusal, ...] = ()
    meanwhile: ChangedMeanwhile | None = None
    kept: bool = False


_NOTHING = Said({})


@dataclass(frozen=True)
class LinePage:
    """The page of one line, for one visitor."""

    database: Database
    visitor: Person
    packs: tuple[RulePack, ...]
    key: str
    department: str
    alone: bool  # only what is said of the line is asked for

    async def require_writer(self) -> None:
        """Raise Refused unless the visitor writes here: others are told nothing."""
        await run_in_threadpool(self._require_writer)

    def _require_writer(self) -> None:
        with self.database.read() as session:
            require_writer(session, self.key, self.department, self.visitor.id)

    async def show(
        self,
        typed: Mapping[str, str],
        status: HTTPStatus = HTTPStatus.OK,
        said: Said = _NOTHING,
    ) -> Response:
        """Show what was typed, and what there is to say of it."""
        if self.alone:
            status = HTTPStatus.OK
        return await run_in_threadpool(self._show, typed, status, said)

    def _show(
        self, typed: Mapping[str, str], status: HTTPStatus, said: Said
    ) -> Response:
        with self.database.read() as session:
            phase = the_phase(self.key, session)
            part = part_of(session, phase, self.department, self.visitor.id)
            facts = self._facts(session, part, typed, said)
        template = "_said.html" if self.alone else "line.html"
        return render(f"department/{template}", status, **facts, said=said)

    def _facts(
        self, session: Session, part: PartInPhase, typed: Mapping[str, str], said: Said
    ) -> dict[str, Any]:
        asked = Asked(session, "submit", part.target, self.visitor.id, self.packs)
        choices = {} if self.alone else offered(asked, _form().names)
        theirs = said.meanwhile and said.meanwhile.theirs
        return {
            "visitor": self.visitor,
            "part": part,
            "fields": _form().fields(typed, said.wrong, choices),
            "labels": [(x, _form().label_of(x), y) for x, y in said.wrong.items()],
            "verdict": _judged(session, part, typed) if part.hears else None,
            "mark": typed.get(_MARK, ""),
            "certainties": CERTAINTIES,
            "at": now(session),
            "names": called(session, [theirs.subject] if theirs else []),
        }


def _judged(
    session: Session, part: PartInPhase, typed: Mapping[str, str]
) -> Verdict | None:
    """Judge what was typed beside the rest; None while that says too little."""
    try:
        line = DraftedLine.model_validate(_form().read(typed))
    except ValidationError:
        return None
    lines = written(session, part).lines
    own = (key_of(line), "/".join(typed.get(_MARK, "").split("/")[:2]))
    others = [each for each in lines if key_of(each) not in own]
    found = judge_drafted(session, part.phase, part.department.code, [*others, line])
    return found[-1]


async def line_page(
    key: PhaseKey,
    department: OfPath,
    visitor: Asking,
    database: DatabaseDep,
    packs: Packs,
    request: Request,
) -> LinePage:
    """Hand out the page of one line."""
    alone = "hx-request" in request.headers
    return LinePage(database, visitor, tuple(packs), key, department, alone)


ThePage = Annotated[LinePage, Depends(line_page)]


@router.get(_WHERE, dependencies=[reads("department_draft")])
async def ask(
    page: ThePage, request: Request, dong: Annotated[str, Query()] = ""
) -> Response:
    """Show a line of the draft, or an empty one."""
    typed = fields_of(request.query_params.multi_items())
    if dong:
        typed = await run_in_threadpool(_typed, page, dong)
    return await page.show(typed)


def _typed(page: LinePage, key: str) -> dict[str, str]:
    """Give a line as if it had been typed just now; nothing of one that is gone."""
    with page.database.read() as session:
        phase = the_phase(page.key, session)
        part = part_of(session, phase, page.department, page.visitor.id)
        line = named(written(session, part).lines, key)
    return typed_of(line) if line else {}


def typed_of(line: DraftedLine) -> dict[str, str]:
    """Write a line as its form has it."""
    return {
        _MARK: mark_of(line),
        "subject": line.subject,
        "title": line.title,
        "achievement": line.achievement,
        "documents": "\n".join(line.documents),
        **({"secret": "1"} if line.secret else {}),
    }


@router.post(_WHERE, dependencies=[does("department_list")])
async def keep(page: ThePage, typed: Posted, shown: Shown) -> Response:
    """Keep a line, take it out, or only say what the rules think of it."""
    await page.require_writer()
    if typed.get(_WHAT) == _CHECK:
        return await page.show(typed)
    try:
        line = DraftedLine.model_validate(_form().read(typed))
        change = partial(_changed, typed=typed, line=line)
        place = {"key": page.key, "department": page.department}
        await change_draft(session=page.database, person=shown, change=change, **place)
    except ValidationError as error:
        said = Said(told(error.errors(), DraftedLine))
        return await page.show(typed, HTTPStatus.UNPROCESSABLE_ENTITY, said)
    except ChangedMeanwhile as meanwhile:
        said = Said({}, meanwhile=meanwhile)
        return await page.show(typed, HTTPStatus.CONFLICT, said)
    except Refused as refused:
        said = Said({}, refused.refusals)
        return await page.show(typed, status_of(refused.refusals), said)
    if page.alone:
        return await page.show(
            {**typed, _MARK: mark_of(line)}, said=Said({}, kept=True)
        )
    return RedirectResponse(f"/phong/{page.key}/{page.department}/de-nghi", 303)


def _changed(
    content: DraftedList, typed: Mapping[str, str], line: DraftedLine
) -> DraftedList:
    if typed.get(_WHAT) == _REMOVE:
        return without_line(content, typed.get(_MARK, ""))
    return with_line(content, typed.get(_MARK, ""), line, typed.get(_OVER, ""))
