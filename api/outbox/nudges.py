"""«Nhắc ngay»: one person is reminded of one thing, out of turn."""

from sqlmodel import Session

from api.admission import does
from api.campaigns.record import NoticeOut
from api.headers import Router
from api.writing import writes
from domain.policy import EDITS
from domain.refusals import refuse, unknown
from duties.outgoing.nudging import nudge
from intake.fields import Body, Code, Owner, PersonCode
from store.office import people
from store.office.master import today
from store.tables import Campaign, Person

router = Router(prefix="/api/v1/campaigns/{code}/nudges", tags=["campaign"])


class NudgeIn(Body):
    """Who is reminded, and of which deadline: its owner and name in the calendar."""

    owner: Owner
    deadline: Code
    person: PersonCode


@router.post("", status_code=201, dependencies=[does("nudge")])
@writes
def send_nudge(code: str, body: NudgeIn, session: Session, person: Person) -> NoticeOut:
    """Remind one who owes, now; once a day at most, whoever asks for it."""
    roles = people.roles_of(session, person.id, today(session))
    if not roles & EDITS["nudge"].who:
        raise refuse(
            "not_allowed", "Chỉ phòng thường trực thi đua và Chánh Văn phòng được nhắc."
        )
    campaign = session.get(Campaign, code)
    if campaign is None:
        raise unknown("campaign", code)
    told = nudge(session, campaign, body.owner, body.deadline, body.person, person.id)
    return NoticeOut.model_validate(told)
