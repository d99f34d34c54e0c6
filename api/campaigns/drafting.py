"""A campaign before anybody has signed it: drafted, corrected, thrown away."""

import hashlib
from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Header, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from sqlmodel import Session, select

from api.admission import does
from api.campaigns.campaigns import CampaignOut
from api.deps import Packs
from api.headers import Router
from api.versions import IfMatch, require_version, tell
from api.writing import writes
from domain.calendar import local_day
from domain.policy import EDITS
from domain.record import canonical
from domain.refusals import Refused, refuse
from domain.rules.rulepack import RulePack
from domain.states import CampaignState
from intake.faults import is_echo
from intake.office.contradictions import KEY_REUSED
from intake.plans import Plan, judged_plan
from intake.titles import regime
from papers.terms import wrong_state
from store.clock import now
from store.database import lock
from store.drafts import draft_campaign
from store.office import people
from store.tables import Act, Campaign, Chain, Command, Person

router = Router(prefix="/api/v1/campaigns", tags=["campaign"])

DraftKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        max_length=200,
        description="Khóa do bên gửi đặt: gửi lại cùng khóa thì chỉ lập một lần.",
    ),
]


@router.post("", status_code=HTTPStatus.CREATED, dependencies=[does("campaign_draft")])
@writes
def draft(
    plan: Plan,
    session: Session,
    person: Person,
    packs: Packs,
    response: Response,
    key: DraftKey = None,
) -> CampaignOut:
    """Draft a campaign from a plan; it starts with the pact and the launch."""
    content = plan.model_dump(mode="json")
    fingerprint = hashlib.sha256(canonical(content)).hexdigest()
    if key and (known := _sent_before(session, person.id, key, fingerprint)):
        return _shown(known, response)
    _require_titles(plan, packs)
    _require_drafter(session, person.id)
    drafted = session.get(Campaign, plan.code)
    if drafted is not None:
        return _shown(_drafted_before(drafted, content), response)
    sent = {}
    if key:
        sent = {"drafted_by": person.id, "draft_key": key}
        sent |= {"draft_fingerprint": fingerprint}
    campaign = draft_campaign(session, plan, **sent)
    return _shown(campaign, response)


@router.put("/{code}", dependencies=[does("campaign_draft")])
@writes
def correct(
    code: str,
    plan: Plan,
    session: Session,
    person: Person,
    packs: Packs,
    response: Response,
    if_match: IfMatch = None,
) -> CampaignOut:
    """Correct the plan of a draft; once somebody has signed, `amend` changes it."""
    _require_titles(plan, packs)
    campaign = _held(session, code, person.id, if_match)
    if plan.code != code:
        raise refuse(
            "code_fixed",
            f"Mã của phong trào là «{code}»; kế hoạch mang mã «{plan.code}» thì lập "
            "phong trào khác.",
        )
    campaign.title, campaign.kind, campaign.year = plan.title, plan.kind, plan.year
    campaign.plan = plan.model_dump(mode="json")
    campaign.version += 1
    session.add(campaign)
    session.flush()
    return _shown(campaign, response)


@router.delete(
    "/{code}", status_code=HTTPStatus.NO_CONTENT, dependencies=[does("campaign_draft")]
)
@writes
def throw_away(
    code: str, session: Session, person: Person, if_match: IfMatch = None
) -> None:
    """Throw a draft away, of which nothing has been recorded; its code is free."""
    campaign = _held(session, code, person.id, if_match)
    for table in (Act, Command):
        said = select(table).where(table.campaign == code).limit(1)
        if session.exec(said).first() is not None:
            raise refuse(
                "draft_recorded",
                "Dự thảo này đã có thao tác trong hồ sơ nên không xóa được; hãy hủy "
                "phong trào.",
            )
    session.delete(session.get_one(Chain, code))
    session.flush()
    session.delete(campaign)


def _held(session: Session, code: str, person: str, if_match: str | None) -> Campaign:
    """Lock a draft, for whoever may change it and knows its version."""
    _require_drafter(session, person)
    found = lock(session, Campaign, Campaign.id == code)
    if not found:
        raise refuse("unknown_campaign", f"Không có phong trào mang mã «{code}».")
    [campaign] = found
    if campaign.state is not CampaignState.DRAFT:
        raise wrong_state(campaign.state, [CampaignState.DRAFT])
    require_version(campaign.version, if_match)
    return campaign


def _shown(campaign: Campaign, response: Response) -> CampaignOut:
    tell(response, campaign.version)
    return CampaignOut.model_validate(campaign)


def _sent_before(
    session: Session, person: str, key: str, fingerprint: str
) -> Campaign | None:
    sent = select(Campaign).where(
        Campaign.drafted_by == person, Campaign.draft_key == key
    )
    known = session.exec(sent).first()
    if known is not None and known.draft_fingerprint != fingerprint:
        raise Refused(KEY_REUSED)
    return known


def _require_drafter(session: Session, person: str) -> None:
    roles = people.roles_of(session, person, local_day(now(session)))
    if not roles & EDITS["campaign_draft"].who:
        raise refuse(
            "not_allowed",
            "Chỉ Chánh Văn phòng hoặc phòng thường trực thi đua lập, sửa và xóa dự "
            "thảo phong trào.",
        )


def _require_titles(plan: Plan, packs: Sequence[RulePack]) -> None:
    """Hold a plan's titles to the rules. Raises RequestValidationError."""
    try:
        judged_plan(plan.model_dump(mode="json"), regime(packs))
    except ValidationError as wrong:
        raise RequestValidationError(
            [
                {**one, "loc": ("body", *one["loc"])}
                for one in wrong.errors()
                if not is_echo(one)
            ]
        ) from None


def _drafted_before(known: Campaign, content: dict[str, Any]) -> Campaign:
    if known.plan != content:
        raise refuse("campaign_exists", f"Đã có phong trào mang mã «{known.id}».")
    return known
