"""A plan written in a form: begun from another, checked as one types, then drafted."""

from collections.abc import Awaitable, Mapping, Sequence
from http import HTTPStatus
from typing import Annotated
from uuid import uuid4

from fastapi import Query, Response
from fastapi.responses import RedirectResponse

from api.admission import does, reads
from api.campaigns import campaigns as campaign_routes
from api.campaigns import drafting
from api.campaigns.campaigns import CampaignOut
from api.deps import DatabaseDep, Packs, Reading, TheCampaign, the_campaign
from api.identity import Asking, Shown
from api.statuses import status_of
from api.web.forms import Form, Wrong
from api.web.launching.reading import PAGE
from api.web.launching.sheets import (
    copy_of,
    model_of,
    plan_form,
    plan_typed,
    typed_of,
)
from api.web.launching.staging import can_rehearse
from api.web.launching.years import year_of
from api.web.posted import Posted
from api.web.rendering import render
from api.web.uploaded import Uploaded
from api.web.visiting import pages
from domain.refusals import Refused, in_words
from intake.faults import BadDocument
from intake.plans import Plan, read_plan
from store.office.master import today
from store.tables import Person

WRITE = "/soan-ke-hoach"
_KEY, _VERSION, _MORE, _LESS = "_khoa", "_phien_ban", "_them", "_bot"

router = pages()


@router.get(WRITE, dependencies=[reads("campaigns")])
def begin(
    session: Reading,
    visitor: Asking,
    chep: Annotated[str, Query(max_length=64)] = "",
    nam: Annotated[int | None, Query(ge=2010, le=2100)] = None,
    co_quan: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Show the form, filled in from last year's plan or from the model."""
    if chep:
        old = campaign_routes.plan(the_campaign(chep, session))
        typed, again = copy_of(old)
        return _page(visitor, WRITE, typed, again=again)
    typed = model_of(nam or today(session).year + 1, co_quan or "…")
    return _page(visitor, WRITE, typed)


@router.post(f"{WRITE}/tep", dependencies=[reads("campaigns")])
async def from_file(visitor: Asking, sent: Uploaded, packs: Packs) -> Response:
    """Show the form, filled in from a file that has been read whole."""
    name, content = sent.files.get("ke_hoach", ("", b""))
    try:
        plan = read_plan(content, name, packs)
    except BadDocument as bad:
        said = [f"{bad.name}: {each}" for each in bad.sentences()]
        return _page(visitor, WRITE, {}, said=said)
    return _page(visitor, WRITE, typed_of(plan.model_dump(mode="json")))


@router.post(f"{WRITE}/kiem-tra", dependencies=[reads("campaigns")])
async def check(typed: Posted, visitor: Asking, packs: Packs) -> Response:
    """Say what is wrong with a plan as it is being typed, or show its year."""
    plan, wrong = plan_typed(typed, packs)
    return render(
        "launching/_checked.html",
        visitor=visitor,
        wrong=_named(plan_form(), wrong),
        days=year_of(plan) if plan else [],
    )


@router.post(WRITE, dependencies=[does("campaign_draft")])
async def draft(
    typed: Posted, visitor: Asking, database: DatabaseDep, shown: Shown, packs: Packs
) -> Response:
    """Draft the campaign, as the API does."""
    plan = _plan(visitor, WRITE, typed, packs)
    if isinstance(plan, Response):
        return plan
    drafted = drafting.draft(
        plan=plan,
        session=database,
        person=shown,
        packs=packs,
        response=Response(),
        key=typed.get(_KEY) or uuid4().hex,
    )
    return await _done(drafted, visitor, WRITE, typed)


@router.get(f"{PAGE}/{{code}}/sua", dependencies=[reads("plan")])
def ask(campaign: TheCampaign, visitor: Asking) -> Response:
    """Show the form with a draft as it stands."""
    typed = typed_of(campaign.plan) | {_VERSION: str(campaign.version)}
    return _page(visitor, f"{PAGE}/{campaign.id}/sua", typed)


@router.post(f"{PAGE}/{{code}}/sua", dependencies=[does("campaign_draft")])
async def correct(
    code: str,
    typed: Posted,
    visitor: Asking,
    database: DatabaseDep,
    shown: Shown,
    packs: Packs,
) -> Response:
    """Correct a draft that nobody has changed meanwhile."""
    here = f"{PAGE}/{code}/sua"
    plan = _plan(visitor, here, typed, packs)
    if isinstance(plan, Response):
        return plan
    corrected = drafting.correct(
        code=code,
        plan=plan,
        session=database,
        person=shown,
        packs=packs,
        response=Response(),
        if_match=f'"{typed.get(_VERSION, "")}"',
    )
    return await _done(corrected, visitor, here, typed)


def _plan(
    visitor: Person, here: str, typed: Mapping[str, str], packs: Packs
) -> Plan | Response:
    """Read the plan; or give the form back, with a row more or less, or faults."""
    if added := typed.get(_MORE):
        return _page(visitor, here, Form.with_row(typed, added))
    if taken := typed.get(_LESS):
        return _page(visitor, here, Form.without_row(typed, taken))
    plan, wrong = plan_typed(typed, packs)
    return _page(visitor, here, typed, wrong) if plan is None else plan


async def _done(
    written: Awaitable[CampaignOut], visitor: Person, here: str, typed: Posted
) -> Response:
    try:
        campaign = await written
    except Refused as refused:
        return _page(visitor, here, typed, refused=refused)
    return RedirectResponse(f"{PAGE}/{campaign.id}", HTTPStatus.SEE_OTHER)


def _page(
    visitor: Person,
    here: str,
    typed: Mapping[str, str],
    wrong: Wrong | None = None,
    *,
    said: Sequence[str] = (),
    again: Sequence[str] = (),
    refused: Refused | None = None,
) -> Response:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong or said else HTTPStatus.OK
    if refused:
        status, said = status_of(refused.refusals), [in_words(refused.refusals)]
    return render(
        "launching/form.html",
        status,
        visitor=visitor,
        action=here,
        fields=plan_form().fields(typed, wrong or {}),
        wrong=_named(plan_form(), wrong or {}),
        said=said,
        again=again,
        key=typed.get(_KEY) or uuid4().hex,
        version=typed.get(_VERSION),
        rehearses=can_rehearse(),
    )


def given_back(visitor: Person, typed: Mapping[str, str], wrong: Wrong) -> Response:
    """Give a plan back that cannot be rehearsed, and say what is wrong in it."""
    return _page(visitor, WRITE, typed, wrong)


def _named(form: Form, wrong: Wrong) -> list[tuple[str, str, str]]:
    return [(name, form.label_of(name), said) for name, said in wrong.items()]
