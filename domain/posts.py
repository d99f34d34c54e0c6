"""The posts of the office: who proposes, who confirms, and who stands in meanwhile.

Nobody gives a post that decides to anybody alone: one proposes it and a holder of the
office above confirms it. Above the director stands only the province, which appoints
on paper and does not sign in here; so whoever stands beside the director confirms that
the paper is there (a deputy, or the union's chair), as an overdue decision of the
director's goes sideways too.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.roles import Role


class PostCode(StrEnum):
    """A post of the agency or of a department, or a seat: the council's code first."""

    DIRECTOR = "director"
    DEPUTY_DIRECTOR = "deputy_director"
    UNION_CHAIR = "union_chair"
    DEPARTMENT_HEAD = "department_head"
    DEPARTMENT_SECRETARY = "department_secretary"
    SECRETARIAT = "secretariat"
    RECORDS_CLERK = "records_clerk"
    AUDITOR = "auditor"
    RECIPIENT = "recipient"
    COUNCIL_CHAIR = "emulation_chair"
    COUNCIL_VICE_CHAIR = "emulation_vice_chair"
    COUNCIL_SECRETARY = "emulation_secretary"
    COUNCIL_MEMBER = "emulation_member"
    INITIATIVE_CHAIR = "initiative_chair"
    INITIATIVE_VICE_CHAIR = "initiative_vice_chair"
    INITIATIVE_SECRETARY = "initiative_secretary"
    INITIATIVE_MEMBER = "initiative_member"


_C = PostCode
_DIRECTOR = frozenset({_C.DIRECTOR})
_LEADERS = frozenset({_C.DIRECTOR, _C.DEPUTY_DIRECTOR})
_BESIDE = frozenset({_C.DEPUTY_DIRECTOR, _C.UNION_CHAIR})


@dataclass(frozen=True)
class PostRule:
    """What holds of a post; *sole* has one holder at a time.

    *confirmed_by* are groups of offices in order: the next is asked where the one
    before has no holder but the proposer and the person concerned. A post that nobody
    confirms decides nothing, and the secretariat gives it alone. *stood_in_by* are
    those who get the reminders while it is vacant, the first who are there.
    """

    name: str
    sole: bool = False
    confirmed_by: tuple[frozenset[PostCode], ...] = ()
    stood_in_by: tuple[PostCode, ...] = (_C.SECRETARIAT,)

    @property
    def decides(self) -> bool:
        """Say whether it takes a second pair of eyes to give or take this post."""
        return bool(self.confirmed_by)


POSTS: Mapping[PostCode, PostRule] = {
    _C.DIRECTOR: PostRule(
        "Chánh Văn phòng", True, (_BESIDE,), (_C.DEPUTY_DIRECTOR, _C.UNION_CHAIR)
    ),
    _C.DEPUTY_DIRECTOR: PostRule(
        "Phó Chánh Văn phòng",
        confirmed_by=(_DIRECTOR, _BESIDE),
        stood_in_by=(_C.DIRECTOR, _C.UNION_CHAIR),
    ),
    _C.UNION_CHAIR: PostRule(
        "Chủ tịch Công đoàn", True, (_LEADERS,), (_C.DEPUTY_DIRECTOR, _C.DIRECTOR)
    ),
    _C.DEPARTMENT_HEAD: PostRule(
        "Trưởng phòng", True, (_LEADERS,), (_C.DEPUTY_DIRECTOR, _C.DIRECTOR)
    ),
    _C.DEPARTMENT_SECRETARY: PostRule(
        "người được phòng giao việc thi đua", stood_in_by=(_C.DEPUTY_DIRECTOR,)
    ),
    _C.SECRETARIAT: PostRule(
        "người của phòng thường trực thi đua",
        confirmed_by=(_LEADERS,),
        stood_in_by=(_C.DEPUTY_DIRECTOR, _C.DIRECTOR),
    ),
    _C.RECORDS_CLERK: PostRule("văn thư"),
    _C.AUDITOR: PostRule("người kiểm tra"),
    _C.RECIPIENT: PostRule("nơi nhận"),
    _C.COUNCIL_CHAIR: PostRule(
        "Chủ tịch Hội đồng",
        True,
        (_LEADERS, _BESIDE),
        (_C.COUNCIL_VICE_CHAIR, _C.DIRECTOR, _C.DEPUTY_DIRECTOR),
    ),
    _C.COUNCIL_VICE_CHAIR: PostRule(
        "Phó Chủ tịch Hội đồng",
        confirmed_by=(_LEADERS, _BESIDE),
        stood_in_by=(_C.COUNCIL_CHAIR,),
    ),
    _C.COUNCIL_SECRETARY: PostRule(
        "Thư ký Hội đồng", stood_in_by=(_C.COUNCIL_CHAIR, _C.COUNCIL_VICE_CHAIR)
    ),
    _C.COUNCIL_MEMBER: PostRule("ủy viên Hội đồng", stood_in_by=(_C.COUNCIL_CHAIR,)),
    _C.INITIATIVE_CHAIR: PostRule(
        "Chủ tịch Hội đồng sáng kiến",
        True,
        (_LEADERS, _BESIDE),
        (_C.INITIATIVE_VICE_CHAIR, _C.DIRECTOR, _C.DEPUTY_DIRECTOR),
    ),
    _C.INITIATIVE_VICE_CHAIR: PostRule(
        "Phó Chủ tịch Hội đồng sáng kiến",
        confirmed_by=(_LEADERS, _BESIDE),
        stood_in_by=(_C.INITIATIVE_CHAIR,),
    ),
    _C.INITIATIVE_SECRETARY: PostRule(
        "Thư ký Hội đồng sáng kiến", stood_in_by=(_C.INITIATIVE_CHAIR,)
    ),
    _C.INITIATIVE_MEMBER: PostRule(
        "thành viên Hội đồng sáng kiến", stood_in_by=(_C.INITIATIVE_CHAIR,)
    ),
}


def confirmers_among(
    posts: Iterable[PostCode],
    held: Mapping[PostCode, frozenset[str]],
    but: Collection[str | None],
) -> frozenset[str]:
    """Find who may confirm a change of *posts*: each of *posts* by its own table.

    *held* says who holds what, *but* are the proposer and the person concerned, who
    confirm nothing.
    """
    free = [_free(POSTS[post], held, but) for post in posts]
    return frozenset.intersection(*free) if free else frozenset()


def _free(
    rule: PostRule,
    held: Mapping[PostCode, frozenset[str]],
    but: Collection[str | None],
) -> frozenset[str]:
    for group in rule.confirmed_by:
        found = {who for each in group for who in held[each]}
        if free := found.difference(but):
            return frozenset(free)
    return frozenset()


def standing_in(
    post: PostCode, held: Mapping[PostCode, frozenset[str]]
) -> frozenset[str]:
    """Find who gets a post's reminders while it is vacant: the first who are there."""
    instead = (held[each] for each in POSTS[post].stood_in_by)
    return next(filter(None, instead), frozenset())


def post_of(row: Mapping[str, Any]) -> PostCode:
    """Find which post an appointment, or a seat, is, by its fields."""
    if "seat" in row:
        return PostCode(f"{row['council']}_{row['seat']}")
    return PostCode(row["office"])


# The post behind a role that somebody owes something in.
POST_OF_ROLE: Mapping[Role, PostCode] = {
    Role.DIRECTOR: _C.DIRECTOR,
    Role.DEPUTY_DIRECTOR: _C.DEPUTY_DIRECTOR,
    Role.UNION_CHAIR: _C.UNION_CHAIR,
    Role.SECRETARIAT: _C.SECRETARIAT,
    Role.DEPARTMENT_HEAD: _C.DEPARTMENT_HEAD,
    Role.DEPARTMENT_SECRETARY: _C.DEPARTMENT_SECRETARY,
    Role.COUNCIL_CHAIR: _C.COUNCIL_CHAIR,
    Role.COUNCIL_VICE_CHAIR: _C.COUNCIL_VICE_CHAIR,
    Role.COUNCIL_SECRETARY: _C.COUNCIL_SECRETARY,
    Role.COUNCIL_MEMBER: _C.COUNCIL_MEMBER,
    Role.INITIATIVE_CHAIR: _C.INITIATIVE_CHAIR,
    Role.INITIATIVE_MEMBER: _C.INITIATIVE_MEMBER,
    Role.RECORDS_CLERK: _C.RECORDS_CLERK,
}
