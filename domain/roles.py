"""How people stand to the things they act on: a role is a relation, not a rank."""

import re
from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """How a person stands to the target of an act."""

    DIRECTOR = "director"
    DEPUTY_DIRECTOR = "deputy_director"
    UNION_CHAIR = "union_chair"
    SECRETARIAT = "secretariat"
    DEPARTMENT_HEAD = "department_head"
    DEPARTMENT_SECRETARY = "department_secretary"
    DEPARTMENT_STAFF = "department_staff"
    COUNCIL_CHAIR = "council_chair"
    COUNCIL_VICE_CHAIR = "council_vice_chair"
    COUNCIL_SECRETARY = "council_secretary"
    COUNCIL_MEMBER = "council_member"
    INITIATIVE_CHAIR = "initiative_chair"
    INITIATIVE_MEMBER = "initiative_member"
    RECORDS_CLERK = "records_clerk"
    AUDITOR = "auditor"
    STAFF = "staff"


# Who leads others; the law prefers whoever does the work itself.
MANAGERS = frozenset({Role.DIRECTOR, Role.DEPUTY_DIRECTOR, Role.DEPARTMENT_HEAD})

# The desk of a department: its head, and whoever it has charged with these matters.
# What a department owes, its desk owes.
DESK = frozenset({Role.DEPARTMENT_HEAD, Role.DEPARTMENT_SECRETARY})

# Whoever leads the agency, in the words that are written here; another agency has its
# own (`own_words`).
HEAD = "Chánh Văn phòng"

ROLE_NAMES: Mapping[Role, str] = {
    Role.DIRECTOR: HEAD,
    Role.DEPUTY_DIRECTOR: f"Phó {HEAD}",
    Role.UNION_CHAIR: "Chủ tịch Công đoàn",
    Role.SECRETARIAT: "phòng thường trực thi đua",
    Role.DEPARTMENT_HEAD: "trưởng phòng",
    Role.DEPARTMENT_SECRETARY: "người được phòng giao việc thi đua",
    Role.DEPARTMENT_STAFF: "người của phòng",
    Role.COUNCIL_CHAIR: "Chủ tịch Hội đồng",
    Role.COUNCIL_VICE_CHAIR: "Phó Chủ tịch Hội đồng",
    Role.COUNCIL_SECRETARY: "Thư ký Hội đồng",
    Role.COUNCIL_MEMBER: "ủy viên Hội đồng",
    Role.INITIATIVE_CHAIR: "Chủ tịch, Phó Chủ tịch Hội đồng sáng kiến",
    Role.INITIATIVE_MEMBER: "thành viên Hội đồng sáng kiến",
    Role.RECORDS_CLERK: "văn thư",
    Role.AUDITOR: "người kiểm tra",
    Role.STAFF: "cán bộ, công chức, người lao động của cơ quan",
}

# «Chánh Văn phòng Sở» is a post of another agency's own, not its head.
_HEAD = re.compile(rf"{HEAD}(?! [^\W\d_a-zà-ỹ])")


def own_words(text: str, head: str) -> str:
    """Write a text of the house for an agency that calls whoever leads it *head*."""
    return text if head == HEAD else _HEAD.sub(lambda _: head, text)


def head_signing(signatory: str) -> str:
    """Tell how an agency calls its head from who signs its plans, a deputy too."""
    head = signatory.removeprefix("Phó ")
    return HEAD if head in (ROLE_NAMES[role] for role in _NOT_HEADS) else head


# Who may sign a plan beside the head, and is none.
_NOT_HEADS = (Role.UNION_CHAIR, Role.COUNCIL_CHAIR)
