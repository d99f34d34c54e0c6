"""What waits for a second pair of eyes: read, confirmed, declined or withdrawn."""

from datetime import date
from typing import Annotated, Any

from fastapi import Query
from sqlmodel import Session

from api.admission import does, reads
from api.deps import Reading
from api.headers import Router
from api.identity import Asking
from api.office.acting import facts_of, tell_changed, worded
from api.office.answers import ProposalOut
from api.office.directory import DepartmentIn, PersonIn
from api.office.histories import KINDS
from api.office.master import Key
from api.paging import Cursor, Limit, Page, page, read_cursor
from api.writing import writes
from domain.calendar import local_day
from domain.posts import POSTS, PostCode
from domain.refusals import refuse
from duties.office_deed import OfficeDeed, name_of
from intake.fields import Body, Reason
from store import record
from store.office import proposals
from store.office.changes import Change, Changed, Verb, carry_out, version_of
from store.tables import Person, Proposal, ProposalEnd

router = Router(prefix="/api/v1/proposals", tags=["office"])

_ENTRIES: dict[str, type[Body]] = {
    **{kind.path: kind.entry for kind in KINDS},
    "departments": DepartmentIn,
    "people": PersonIn,
}


@router.get("", dependencies=[reads("proposals")])
def list_proposals(
    session: Reading,
    person: Asking,
    open_only: Annotated[bool, Query(alias="open")] = True,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[ProposalOut]:
    """List what waits for a second pair of eyes, or all that ever did."""
    (after,) = read_cursor(cursor, int) or (0,)
    rows = proposals.list_proposals(
        session, open_only=open_only, after=after, limit=limit + 1
    )
    return page(rows, limit, lambda row: [row.id], ProposalOut.model_validate)


@router.get("/{key}", dependencies=[reads("proposals")])
def read_proposal(key: Key, session: Reading, person: Asking) -> ProposalOut:
    """Read one proposal."""
    return ProposalOut.model_validate(proposals.find_proposal(session, key))


@router.post(
    "/{key}/confirm", responses={412: {}}, dependencies=[does("answer_proposal")]
)
@writes
def confirm(key: Key, session: Session, person: Person) -> ProposalOut:
    """Confirm a proposal: it takes effect with that."""
    deed, proposal = _waiting(session, key, person.id)
    _require_confirmer(deed, proposal)
    change = _change(proposal)
    if version_of(session, change) != proposal.version:
        raise refuse(
            "version_changed",
            "Mục này đã thay đổi từ lúc đề nghị; hãy từ chối, và đề nghị lại.",
        )
    changed = carry_out(session, change)
    proposals.end(session, proposal, person.id, deed.at, ProposalEnd.CONFIRMED)
    _tell(deed, proposal, "office_confirmed", changed)
    tell_changed(deed, changed)
    said = {"proposed_by": proposal.proposed_by, **_named(proposal)}
    deed.close("confirm", {**said, **facts_of(changed)})
    return ProposalOut.model_validate(proposal)


@router.post("/{key}/decline", dependencies=[does("answer_proposal")])
@writes
def decline(key: Key, body: Reason, session: Session, person: Person) -> ProposalOut:
    """Decline to confirm a proposal, and say why; it comes to nothing."""
    deed, proposal = _waiting(session, key, person.id)
    _require_confirmer(deed, proposal)
    proposals.end(
        session, proposal, person.id, deed.at, ProposalEnd.DECLINED, body.reason
    )
    _tell(deed, proposal, "office_declined", reason=body.reason)
    deed.close("decline", {**_named(proposal), "reason": body.reason})
    return ProposalOut.model_validate(proposal)


@router.post("/{key}/withdraw", dependencies=[does("withdraw_proposal")])
@writes
def withdraw(key: Key, session: Session, person: Person) -> ProposalOut:
    """Take one's own proposal back."""
    deed, proposal = _waiting(session, key, person.id)
    if person.id != proposal.proposed_by:
        raise refuse("not_allowed", "Chỉ người đã đề nghị được rút đề nghị.")
    proposals.end(session, proposal, person.id, deed.at, ProposalEnd.WITHDRAWN)
    _tell(deed, proposal, "office_withdrawn")
    deed.close("withdraw", _named(proposal))
    return ProposalOut.model_validate(proposal)


def _waiting(session: Session, key: int, person: str) -> tuple[OfficeDeed, Proposal]:
    record.hold_office(session)
    found = proposals.find_waiting(session, key)
    return OfficeDeed.begin(session, person), found


def _require_confirmer(deed: OfficeDeed, proposal: Proposal) -> None:
    asked = proposals.who_confirms(deed.session, proposal, local_day(deed.at))
    if deed.actor in asked:
        return
    names = ", ".join(POSTS[PostCode(post)].name for post in proposal.posts)
    raise refuse(
        "not_allowed",
        f"{names}: người xác nhận không phải người đề nghị, không phải người được ghi. "
        f"Bây giờ xác nhận được: {', '.join(sorted(asked)) or 'chưa có ai'}.",
    )


def _tell(
    deed: OfficeDeed,
    proposal: Proposal,
    kind: str,
    changed: Changed | None = None,
    **facts: Any,
) -> None:
    """Tell how it ended: the proposer, the person concerned, and who was asked."""
    told = proposals.who_confirms(deed.session, proposal, local_day(deed.at))
    told |= {proposal.proposed_by}
    if changed is None:  # else told of the change itself
        told |= {proposal.person or ""}
    said = worded(deed, changed) if changed else _what(deed, proposal)
    deed.tell(kind, told, **said, proposal=proposal.id, **facts)


def _what(deed: OfficeDeed, proposal: Proposal) -> dict[str, str]:
    return {
        "what": name_of(proposal.about),
        "person": deed.name_of(proposal.person),
    }


def _named(proposal: Proposal) -> dict[str, Any]:
    return {"proposal": proposal.id, "posts": proposal.posts}


def _change(proposal: Proposal) -> Change:
    """Read what was proposed, as it was read when it came in."""
    said, verb = dict(proposal.said), Verb(proposal.verb)
    if verb is Verb.END:
        said = {name: date.fromisoformat(day) for name, day in said.items()}
    elif verb is not Verb.VOID:
        said = _ENTRIES[proposal.about].model_validate(said).model_dump()
    return Change(proposal.about, verb, said, proposal.key)
