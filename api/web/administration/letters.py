"""Letters by hand: how they stand, held back, looked at, let go, thrown away."""

from typing import Annotated

from fastapi import Query, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from sqlmodel import Session, col, select

from api.admission import does, reads
from api.deps import DatabaseDep, Reading
from api.identity import Asking, Shown
from api.office.master import Key
from api.outbox import ledger
from api.outbox.answers import DiscardIn, ScopeIn
from api.paging import Cursor
from api.problems import told
from api.web.naming import called
from api.web.posted import Posted
from api.web.rendering import render
from api.web.visiting import pages
from api.web.words import gettext
from domain.outgoing.deliveries import DeliveryState
from domain.policy import EDITS
from domain.refusals import refuse
from domain.states import CampaignState
from papers.mail.states import CAUSES, CHANNELS, DELIVERY_STATES
from store.office.standing import roles_today
from store.tables import Campaign
from store.tables.outbox import EVERY

PAGE = "/quan-tri/thu"
_MANY = 50
_EDIT = "outbox_by_hand"
_RUNNING = (CampaignState.RUNNING, CampaignState.SUSPENDED)

router = pages()


@router.get(PAGE, dependencies=[reads("outbox")])
def letters(
    session: Reading,
    visitor: Asking,
    tinh_trang: Annotated[DeliveryState, Query()] = DeliveryState.HELD,
    sau: Cursor = None,
) -> Response:
    """Show how each channel is, what is held, and the letters in one state."""
    outbox = ledger.outbox(session)
    found = ledger.deliveries(session, visitor, tinh_trang, _MANY, sau)
    people = [*(x.recipient for x in found.items), *(x.held_by for x in outbox.holds)]
    return render(
        "administration/letters.html",
        visitor=visitor,
        outbox=outbox,
        found=found,
        state=tinh_trang,
        every=EVERY,
        held={each.scope for each in outbox.holds},
        campaigns=_running(session),
        called=called(session, people),
        writes=bool(roles_today(session, visitor.id) & EDITS[_EDIT].who),
        **_WORDS,
    )


def _running(session: Session) -> dict[str, str]:
    """Name the campaigns that still send letters."""
    query = select(Campaign).where(col(Campaign.state).in_(_RUNNING))
    return {row.id: row.title for row in session.exec(query.order_by(Campaign.id))}


_WORDS = {"channels": CHANNELS, "states": DELIVERY_STATES, "causes": CAUSES}


@router.get(f"{PAGE}/{{key}}", dependencies=[reads("outbox")])
def letter(key: Key, session: Reading, visitor: Asking) -> Response:
    """Show one letter as it would go out now. Refused (`unknown_delivery`)."""
    shown = ledger.preview(key, session, visitor)
    return render(
        "administration/letter.html",
        visitor=visitor,
        letter=shown,
        called=called(session, [shown.delivery.recipient]),
        **_WORDS,
    )


@router.post(f"{PAGE}/giu", dependencies=[does(_EDIT)])
async def hold(
    typed: Posted, database: DatabaseDep, _visitor: Asking, shown: Shown
) -> Response:
    """Hold what waits of a campaign, or of all."""
    await ledger.hold(body=_scope(typed), session=database, person=shown)
    return _back(DeliveryState.HELD)


@router.post(f"{PAGE}/tha", dependencies=[does(_EDIT)])
async def release(
    typed: Posted, database: DatabaseDep, _visitor: Asking, shown: Shown
) -> Response:
    """Let go what was held."""
    await ledger.release(body=_scope(typed), session=database, person=shown)
    return _back(DeliveryState.WAITING)


@router.post(f"{PAGE}/bo", dependencies=[does(_EDIT)])
async def discard(
    typed: Posted, database: DatabaseDep, _visitor: Asking, shown: Shown
) -> Response:
    """Throw away the letters that are ticked, or all that is held, and say why."""
    chosen = [int(x) for x in typed.get("thu", "").split() if x.isdecimal()]
    if not chosen and "tat_ca" not in typed:
        raise refuse("bad_document", gettext("Hãy chọn thư muốn bỏ."))
    said = {"reason": typed.get("reason", ""), "deliveries": chosen or None}
    try:
        body = DiscardIn.model_validate({**said, "campaign": _of(typed)})
    except ValidationError as error:
        wrong = " ".join(told(error.errors(), DiscardIn).values())
        raise refuse(
            "bad_document", gettext("Lý do bỏ: %(wrong)s.", wrong=wrong)
        ) from None
    await ledger.discard(body=body, session=database, person=shown)
    return _back(DeliveryState.HELD)


@router.post(f"{PAGE}/{{key}}/gui-lai", dependencies=[does(_EDIT)])
async def again(
    key: Key, database: DatabaseDep, _visitor: Asking, shown: Shown
) -> Response:
    """Send again a letter that failed or came back."""
    await ledger.try_again(key=key, session=database, person=shown)
    return _back(DeliveryState.WAITING)


@router.post(f"{PAGE}/{{key}}/tra-ve", dependencies=[does(_EDIT)])
async def returned(
    key: Key, database: DatabaseDep, _visitor: Asking, shown: Shown
) -> Response:
    """Say that a letter came back to the office's mailbox."""
    await ledger.returned(key=key, session=database, person=shown)
    return _back(DeliveryState.BOUNCED)


def _of(typed: Posted) -> str | None:
    scope = typed.get("pham_vi", EVERY)
    return None if scope == EVERY else scope


def _scope(typed: Posted) -> ScopeIn:
    """Read which letters are meant. Raises Refused (`unknown_campaign`)."""
    try:
        return ScopeIn(campaign=_of(typed))
    except ValidationError:
        said = gettext("Không có phong trào mang mã này.")
        raise refuse("unknown_campaign", said) from None


def _back(state: DeliveryState) -> Response:
    return RedirectResponse(f"{PAGE}?tinh_trang={state.value}", 303)
