"""Signs of formality in a phase's list, for who prepares the council's vote."""

from uuid import UUID

from api.answers import Answer
from api.campaigns.preparing import Preparing
from api.deps import Reading, ThePhase
from api.headers import Router
from api.paging import Cursor, Limit, Page, cut
from domain.reports.formality import Sign
from store.confidential import readable
from store.findings.formality import formality

router = Router(prefix="/api/v1/phases/{key}/formality", tags=["phase"])


class FindingOut(Answer):
    """What was seen, of which title, department or subject, and in which lines."""

    sign: Sign
    of: str
    share: str | None
    lines: list[UUID]
    said: str


@router.get("", summary="Dấu hiệu hình thức", responses={403: {}})
def read(
    phase: ThePhase,
    session: Reading,
    person: Preparing,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[FindingOut]:
    """Say what looks as if it were there for form's sake; it decides nothing."""
    found = [
        FindingOut(
            sign=each.sign,
            of=each.of,
            share=None if each.share is None else str(each.share),
            lines=[UUID(line) for line in each.lines],
            said=each.said,
        )
        for each in formality(session, phase, readable(session, person.id))
    ]
    return cut(found, limit, cursor, _place, int, str, str)


def _place(one: FindingOut) -> tuple[int, str, str]:
    """Order by sign; of like reports several may begin with one subject."""
    return [*Sign].index(one.sign), one.of, str(one.lines[0]) if one.lines else ""
