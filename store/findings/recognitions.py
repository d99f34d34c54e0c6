"""When a recognised initiative still supports a title: before the ballot on it."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from domain.refusals import Refused
from domain.states import LineState
from store.database import one_of
from store.plans import pack_of
from store.tables import Nomination, Phase

_S = LineState
# Whoever is still to be voted on, or voted on again, may yet bring a certificate.
_BEFORE_BALLOT = (
    _S.NOMINATED,
    _S.ELIGIBLE,
    _S.INELIGIBLE,
    _S.WITHDRAWN,
    _S.DEFERRED,
    _S.RETURNED_TO_COUNCIL,
    _S.ON_HOLD,
)


def require_before_ballot(session: Session, persons: Iterable[str], year: int) -> None:
    """Raise Refused by the rule on distinctions once a title was voted on.

    Law: the certificate is a paper of the file that the council votes on (NĐ
    91/2017 and NĐ 98/2023, the dossiers of Chiến sĩ thi đua).
    """
    rows = session.exec(
        select(Nomination, Phase)
        .join(Phase, col(Phase.id) == col(Nomination.phase))
        .where(
            one_of(col(Nomination.subject), list(persons)),
            Nomination.period == str(year),
            col(Nomination.state).not_in(_BEFORE_BALLOT),
        )
        .order_by(Nomination.subject, Nomination.title)
    )
    for line, phase in rows:
        title = pack_of(session, phase).title(line.title)
        if against := title.distinction_after_ballot(line.subject, year):
            raise Refused(against)
