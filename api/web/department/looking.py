"""What a department's own spreadsheet would do, as a page shows it beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from api.sheets.coming import FoundList
from api.sheets.nominations import NominationsFound
from api.web.department.own_lists import Found
from api.web.department.places import PartInPhase
from domain.record import digest_of
from domain.rules.eligibility import Verdict
from intake.office.tables import CellProblem
from intake.sheets.lines import BroughtLine
from store.findings.drafted import judge_drafted

_SHOWN = 200  # lines and faults on a page


@dataclass(frozen=True)
class ReadLine:
    """A line of the file as the page shows it."""

    line: BroughtLine
    change: str
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Looked:
    """What a file would do, as a page shows it before anybody agrees.

    *mark* tells whether the same would be done when they do.
    """

    found: FoundList
    faults: Sequence[CellProblem]
    lines: Sequence[ReadLine]
    mark: str

    def many(self, change: str) -> int:
        """Count the lines of which this becomes."""
        return sum(each.change == change for each in self.lines)

    @property
    def shown(self) -> Sequence[ReadLine]:
        """Give the lines that one page shows."""
        return self.lines[:_SHOWN]

    @property
    def told(self) -> Sequence[CellProblem]:
        """Give the faults that one page shows."""
        return self.faults[:_SHOWN]


def looked(session: Session, part: PartInPhase, found: Found) -> Looked:
    """Say what a file would do; of nominations also what the rules say of each."""
    verdicts = _verdicts(session, part, found)
    lines = [
        ReadLine(
            each,
            found.changes[each.subject, each.title],
            verdicts.get((each.subject, each.title)),
        )
        for each in found.found.read.lines
    ]
    return Looked(found.found, found.faults, lines, mark_of_found(found))


def mark_of_found(found: Found) -> str:
    """Digest what would be written, and over what."""
    if isinstance(found, NominationsFound):
        content = found.content.model_dump(mode="json") if found.content else None
        return digest_of([content, found.version])[:32]
    lines = [[*key, change] for key, change in found.changes.items()]
    return digest_of([lines, len(found.faults)])[:32]


def _verdicts(
    session: Session, part: PartInPhase, found: Found
) -> dict[tuple[str, str], Verdict]:
    """Judge each line beside all that the draft would have."""
    if not isinstance(found, NominationsFound) or found.content is None:
        return {}
    lines = found.content.lines
    judged = judge_drafted(session, part.phase, part.department.code, lines)
    return {(x.subject, x.title): y for x, y in zip(lines, judged, strict=True)}
