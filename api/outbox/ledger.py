"""The outbox by hand: looked at, held, let go, thrown away, tried again."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session

from api.admission import does, reads
from api.deps import Reading
from api.headers import Router
from api.identity import Asking
from api.office.master import Key
from api.outbox.answers import (
    ChangedOut,
    ChannelOut,
    DeliveryOut,
    DiscardIn,
    HoldOut,
    OutboxOut,
    PreviewOut,
    ScopeIn,
)
from api.paging import Cursor, Limit, Page, page, read_cursor
from api.writing import writes
from domain import ids
from domain.outgoing.deliveries import DeliveryState
from domain.outgoing.hours import goes_out_at
from domain.policy import EDITS
from domain.refusals import refuse, unknown
from duties.office_deed import OfficeDeed
from duties.outgoing.writing import write
from papers.mail.letters import Looks, looks
from papers.mail.troubles import meaning
from store import record
from store.calendars import office_calendar
from store.clock import now
from store.knowing.matters import closed_among
from store.office import people
from store.office.master import today
from store.outbox import holding, reading
from store.tables import Campaign, Delivery, Notice, Person

router = Router(prefix="/api/v1/outbox", tags=["outbox"])

_OF_A_MATTER = re.compile(r"case[:/]([0-9a-f-]{36})")


def _require_may(session: Session, person: Person) -> None:
    """Take the outbox to change it. Refused unless of the secretariat."""
    record.hold_office(session)
    roles = people.roles_of(session, person.id, today(session))
    if not roles & EDITS["outbox_by_hand"].who:
        raise refuse("not_allowed", "Chỉ phòng thường trực thi đua được làm việc này.")


def _acts(route: Callable[..., Any]) -> Any:
    return writes(route, _require_may)


@router.get("", dependencies=[reads("outbox")])
def outbox(session: Reading) -> OutboxOut:
    """Say how each channel is, how much is left on it, and what is held."""
    counted = reading.counts(session)
    return OutboxOut(
        channels=[
            ChannelOut(
                **row.model_dump(),
                means=row.trouble and meaning(row.trouble),
                left={
                    state: n
                    for (channel, state), n in counted.items()
                    if channel == row.channel
                },
            )
            for row in reading.channels(session)
        ],
        holds=[HoldOut.model_validate(row) for row in holding.holds(session)],
    )


@router.get("/deliveries", dependencies=[reads("outbox")])
def deliveries(
    session: Reading,
    person: Asking,
    state: DeliveryState = DeliveryState.HELD,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[DeliveryOut]:
    """List the deliveries in a state, in the order in which they were planned."""
    (after,) = read_cursor(cursor, int) or (0,)
    rows = reading.listed(session, state, after, limit + 1)
    closed = _closed(session, [notice for _, notice in rows], person.id)
    return page(
        rows,
        limit,
        lambda row: [row[0].id],
        lambda row: _delivery(row[0], row[1], closed),
    )


@router.get("/deliveries/{key}", responses={404: {}}, dependencies=[reads("outbox")])
def preview(key: Key, session: Reading, person: Asking) -> PreviewOut:
    """Show one letter as it would go out now."""
    found = reading.delivery(session, key)
    if found is None or _closed(session, [found[1]], person.id):
        raise unknown("delivery", key)
    delivery, notice, to = found
    written = write(session, [notice], now(session))[notice.id or 0]
    shown: Looks = looks(to.name, [written.part])
    return PreviewOut(
        delivery=_delivery(delivery, notice, frozenset()),
        subject=shown.subject,
        text=shown.text,
        html=shown.html,
    )


@router.post("/hold", dependencies=[does("outbox_by_hand")])
@_acts
def hold(body: ScopeIn, session: Session, person: Person) -> ChangedOut:
    """Hold what waits, and what is still to come, until it is let go."""
    _require_known(session, body)
    deed = OfficeDeed.begin(session, person.id)
    many = holding.hold(session, body.scope, person.id, deed.at)
    deed.close("hold_outbox", {"scope": body.scope, "deliveries": many})
    return ChangedOut(deliveries=many)


@router.post("/release", dependencies=[does("outbox_by_hand")])
@_acts
def release(body: ScopeIn, session: Session, person: Person) -> ChangedOut:
    """Let go what was held; at night it waits for the morning."""
    if body.scope not in holding.scopes_held(session):
        raise refuse("not_held", "Không có thư nào đang được giữ lại ở phạm vi này.")
    deed = OfficeDeed.begin(session, person.id)
    many = holding.release(session, body.scope, _goes_at(session, deed.at))
    deed.close("release_outbox", {"scope": body.scope, "deliveries": many})
    return ChangedOut(deliveries=many)


@router.post("/discard", dependencies=[does("outbox_by_hand")])
@_acts
def discard(body: DiscardIn, session: Session, person: Person) -> ChangedOut:
    """Throw away what is held, and say why; the notices stay in the system."""
    _require_known(session, body)
    deed = OfficeDeed.begin(session, person.id)
    many = holding.discard(session, body.scope, body.deliveries, deed.at)
    if not many:
        raise refuse("not_held", "Không có thư nào đang được giữ lại ở phạm vi này.")
    said = {"scope": body.scope, "deliveries": many, "reason": body.reason}
    deed.close("discard_outbox", said)
    return ChangedOut(deliveries=many)


@router.post(
    "/deliveries/{key}/try-again",
    responses={404: {}},
    dependencies=[does("outbox_by_hand")],
)
@_acts
def try_again(key: Key, session: Session, person: Person) -> ChangedOut:
    """Send again what has failed or come back: the address is right now."""
    deed = _begin(session, key, person)
    if not holding.try_again(session, key, _goes_at(session, deed.at)):
        raise refuse("not_failed", "Thư này không phải là thư gửi hỏng.")
    deed.close("try_delivery_again", {"delivery": key})
    return ChangedOut(deliveries=1)


@router.post(
    "/deliveries/{key}/returned",
    responses={404: {}},
    dependencies=[does("outbox_by_hand")],
)
@_acts
def returned(key: Key, session: Session, person: Person) -> ChangedOut:
    """Say that a letter that was sent has come back to the office's mailbox."""
    deed = _begin(session, key, person)
    if not holding.returned(session, key, deed.at):
        raise refuse("not_sent", "Thư này chưa gửi đi.")
    deed.close("delivery_returned", {"delivery": key})
    return ChangedOut(deliveries=1)


def _begin(session: Session, key: int, person: Person) -> OfficeDeed:
    if session.get(Delivery, key) is None:
        raise unknown("delivery", key)
    return OfficeDeed.begin(session, person.id)


def _goes_at(session: Session, at: datetime) -> datetime:
    return goes_out_at(at, None, office_calendar(session))


def _require_known(session: Session, body: ScopeIn) -> None:
    if body.campaign is not None and session.get(Campaign, body.campaign) is None:
        raise unknown("campaign", body.campaign)


def _closed(session: Session, notices: Iterable[Notice], person: str) -> frozenset[str]:
    """Find the matters among what notices are about that a reader may not know."""
    about = {key for row in notices for key in _OF_A_MATTER.findall(row.task)}
    return closed_among(session, [str(ids.case(key)) for key in about], person)


def _delivery(
    delivery: Delivery, notice: Notice, closed: frozenset[str]
) -> DeliveryOut:
    about = {str(ids.case(key)) for key in _OF_A_MATTER.findall(notice.task)}
    told = notice.model_dump(include={"campaign", "kind", "recipient", "subject"})
    if about & closed:
        told = dict.fromkeys(told)
    return DeliveryOut(**delivery.model_dump(include=_OWN), **told)


_OWN = {*DeliveryOut.model_fields} - {"campaign", "kind", "recipient", "subject"}
