"""What an act has said, erased by another act, which names it."""

from typing import Any

from sqlmodel import Session, select

from domain.record import ERASE, PROCESS
from domain.record.erasures import require_erasable
from domain.record.traces import Trace
from store.clock import now
from store.record import append, erase
from store.tables import Act, ActPayload


def erase_said(session: Session, chain: str, seq: int) -> dict[str, Any]:
    """Erase what an act has said; give what the act that erases it says of it.

    Raises Refused as `require_erasable` does.
    """
    query = select(Act, ActPayload.act).outerjoin(ActPayload)
    found = session.exec(query.where(Act.campaign == chain, Act.seq == seq)).first()
    act, said = found or (None, None)
    require_erasable(seq, act.kind if act else None, said=said is not None)
    assert act is not None  # noqa: S101 - refused else
    erase(session, act.id)
    return {"seq": act.seq, "act": str(act.id), "payload": act.payload_digest}


def erase_by_order(
    session: Session, chain: str, seq: int, by: str, reason: str
) -> None:
    """Erase what an act has said, as the operator, by the order of somebody.

    For what takes no acts any more, and for the office's own record. Raises Refused as
    `erase_said` does.
    """
    said = {"seq": seq, "reason": reason}
    erased = erase_said(session, chain, seq)
    act = Act(campaign=chain, kind=ERASE, actor=PROCESS, behalf=by, at=now(session))
    append(session, act, {"said": said, "erased": erased}, Trace())
