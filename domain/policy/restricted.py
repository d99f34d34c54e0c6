"""What few may know, wherever it would show: in lists, counts, reasons, the record."""

from collections.abc import Mapping
from enum import StrEnum

from domain.cases.procedures import PROCEDURES
from domain.policy.declaring import Relation, Who, to
from domain.roles import DESK, Role
from domain.states import CaseKind, LineState, PhaseState

_R = Role


class Restricted(StrEnum):
    """A kind of what is known to those alone who need it."""

    SECRET_LINE = "secret_line"  # noqa: S105 -- no password
    SECRET_DECISION = "secret_decision"  # noqa: S105 -- no password
    DOSSIER = "dossier"
    REASONS = "reasons"
    OPINION = "opinion"
    DRAFT = "draft"
    PRIVATE = "private"
    MATTER = "matter"
    CONFIDENTIAL_MATTER = "confidential_matter"
    DENUNCIATION = "denunciation"
    DENOUNCER = "denouncer"
    NOTICES = "notices"


# Whoever judges a line, checks that, or signs for who does.
_JUDGES = to(
    _R.SECRETARIAT, _R.COUNCIL_MEMBER, _R.DIRECTOR, _R.AUDITOR, Relation.SIGNER
)
_LINE = _JUDGES | DESK | {Relation.OWN}
_LEADING = to(_R.DIRECTOR, _R.AUDITOR)

KNOWN_TO: Mapping[Restricted, Who] = {
    # On a state secret (E37).
    Restricted.SECRET_LINE: _LINE,
    # That there is a decision on nothing else: whoever numbers and issues it, and hears
    # that it is late, too.
    Restricted.SECRET_DECISION: _LINE
    | {_R.RECORDS_CLERK, _R.DEPUTY_DIRECTOR, _R.UNION_CHAIR},
    # What is not posted yet, or never was.
    Restricted.DOSSIER: _LINE | {_R.DEPARTMENT_STAFF},
    # They may speak of discipline and health, and that something is being verified.
    Restricted.REASONS: _LINE,
    Restricted.OPINION: _JUDGES | DESK,
    Restricted.DRAFT: DESK | {_R.DEPARTMENT_STAFF, _R.SECRETARIAT, _R.AUDITOR},
    # Discipline, illness, maternity.
    Restricted.PRIVATE: _LEADING | {_R.SECRETARIAT, Relation.OWN},
    # Petitions, complaints and the like; its council's, where a kind has one.
    Restricted.MATTER: _LEADING | {_R.SECRETARIAT, Relation.SIGNER, Relation.OWN},
    # An ad hoc commendation on a state secret.
    Restricted.CONFIDENTIAL_MATTER: _LEADING
    | {_R.SECRETARIAT, Relation.SIGNER, Relation.OWN},
    Restricted.DENUNCIATION: _LEADING | {Relation.SIGNER, Relation.OWN},
    # Luật Tố cáo 2018 Điều 56: known to whoever has to protect them.
    Restricted.DENOUNCER: _LEADING | {Relation.OWN},
    # Those of everybody; one's own are one's own.
    Restricted.NOTICES: _LEADING | {_R.SECRETARIAT},
}

# Those who give an opinion on matters of some kind.
COUNCILS = to(*(each.council for each in PROCEDURES.values() if each.council))


def known_of_matter(kind: CaseKind, *, secret: bool) -> Who:
    """Say to whom a matter of a kind is known, once it is filed."""
    procedure = PROCEDURES[kind]
    if procedure.restricted:
        return KNOWN_TO[Restricted.DENUNCIATION]
    if secret:
        return KNOWN_TO[Restricted.CONFIDENTIAL_MATTER]
    council = to(procedure.council) if procedure.council else to()
    return KNOWN_TO[Restricted.MATTER] | council


# A list is posted with these states of its phase, and stays so.
POSTED_PHASES = (
    PhaseState.PUBLIC_NOTICE,
    PhaseState.COUNCIL_REVIEW,
    PhaseState.DIRECTOR_REVIEW,
    PhaseState.DECIDED,
    PhaseState.CLOSED,
)
# Lines that no list has: not judged yet, or found ineligible.
NEVER_POSTED = (LineState.NOMINATED, LineState.INELIGIBLE)
# Lines of which the state alone does not tell whether they were on a posted list.
MAYBE_POSTED = (LineState.ELIGIBLE, LineState.WITHDRAWN)
