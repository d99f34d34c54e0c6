"""The lists that a department brings in a spreadsheet, each as its page shows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from api.sheets.answers import ListFileIn
from api.sheets.nominations import NominationsFound, look_at, may_be_nominated
from api.sheets.registrations import AimsFound, look_at_aims, may_be_registered
from api.web.department.line import written
from api.web.department.places import PartInPhase
from api.web.words import gettext
from intake.sheets.columns import AIMS, NOMINATIONS, SUBJECT, TITLE, ListColumn
from intake.sheets.naming import MayBeNamed
from papers.own_lists import choices_among, list_template, shown
from store.database import Database
from store.tables import Person

Found = NominationsFound | AimsFound


@dataclass(frozen=True)
class OwnList:
    """A list that comes in a spreadsheet: where its page is, how it is looked at."""

    path: str
    sheet: str
    known: Mapping[str, ListColumn]
    named: Callable[..., MayBeNamed]
    look: Callable[..., Found]
    nominates: bool

    def template(self, session: Session, part: PartInPhase) -> bytes:
        """Write the list's template, with what the department has drafted."""
        named = self.named(session, part.phase, part.department.code)
        rows = [*_rows(session, part, named)] if self.nominates else []
        choices = choices_among(self.known, named)
        return list_template(self.sheet, self.known, choices, rows)


def _rows(session: Session, part: PartInPhase, named: MayBeNamed) -> Any:
    """Write the draft as rows of the template; who is not known stands by a code."""
    people = dict([*named.people, named.collective])
    titles = {each.code: each.name_vi for each in named.titles}
    papers = dict(named.documents)
    for line in written(session, part).lines:
        who = line.subject
        yield {
            SUBJECT: shown((who, people[who])) if who in people else who,
            TITLE: titles.get(line.title, line.title),
            "achievement": line.achievement,
            "documents": "; ".join(papers.get(x, x) for x in line.documents),
            "secret": "x" if line.secret else "",
        }


def _nominations(
    database: Database, key: str, department: str, sent: ListFileIn, who: Person
) -> NominationsFound:
    return look_at(database, key, department, sent, who, replace=False)


def _all_nominations(
    database: Database, key: str, department: str, sent: ListFileIn, who: Person
) -> NominationsFound:
    return look_at(database, key, department, sent, who, replace=True)


NOMINATED = OwnList(
    "de-nghi", gettext("Đề nghị"), NOMINATIONS, may_be_nominated, _nominations, True
)
REGISTERED = OwnList(
    "dang-ky", gettext("Đăng ký"), AIMS, may_be_registered, look_at_aims, False
)
ALONE = replace(NOMINATED, look=_all_nominations)
