"""What documents show of the code, written by `python -m tests.docs`.

The tables of docs/process.md are those of the tables of acts and deadlines, those of
docs/who-may-what.md the policy table's; the picture docs/year.svg is the rehearsal of
2022 that the tests keep.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from domain.acts import ACTS, DEADLINES, RULES
from domain.acts.declaring import ActRule
from domain.acts.moving import Moving, moving_of
from domain.moves import MOVES
from domain.policy import EDITS, READINGS
from domain.policy.declaring import Access, Relation, Who
from domain.policy.restricted import KNOWN_TO
from domain.roles import Role
from domain.states import (
    CampaignState,
    CaseState,
    DecisionState,
    LineState,
    PhaseState,
    RegistrationState,
    SessionState,
    SubmissionState,
    WindowState,
)
from papers.terms import STATES
from tests.rehearsal.telling import the_year_2022
from tests.sources import ROOT
from tests.year import PICTURE, picture

PROCESS, POLICY = (ROOT / "docs" / name for name in ("process.md", "who-may-what.md"))
_TABLE = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end of table -->)", re.DOTALL)
_ROLES: Mapping[Role | Relation, str] = {
    Relation.SIGNED_IN: "everybody who has signed in",
    Relation.OF_THE_OFFICE: "everybody in the office",
    Relation.OWN: "whose it is",
    Relation.SIGNER: "whoever may sign for the director, until a day",
    Relation.ADMINISTRATOR: "whoever administers accounts",
    Relation.CONFIRMER: "whoever holds the post that confirms it",
    Role.STAFF: "anybody of the staff",
    Role.DEPARTMENT_STAFF: "its staff",
    Role.INITIATIVE_CHAIR: "chair and vice chair of the initiative council",
    Role.INITIATIVE_MEMBER: "initiative council member",
}
# They end or move all deadlines, or as good as all: said once, beside the table.
_OF_ALL = ("resume", "roll_deadlines", "cancel")


def written(text: str) -> str:
    """Write every table of a text anew, between the marks that name it."""
    return _TABLE.sub(lambda mark: f"{mark[1]}{TABLES[mark[2]]()}\n{mark[3]}", text)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _states(kind: type[StrEnum]) -> Callable[[], str]:
    return lambda: _table(
        ("state", "in Vietnamese", "goes to (by)"),
        ((f"`{x}`", STATES[kind][1][x], _onward(kind, x)) for x in kind),
    )


def _onward(kind: type[StrEnum], state: StrEnum) -> str:
    """Say where a state leads, and by which acts or steps of time."""
    ways = [(to, _bringing(kind, state, to)) for to in kind if to in MOVES[kind][state]]
    return "; ".join(f"`{to}` ({_codes(acts) or 'nothing yet'})" for to, acts in ways)


def _bringing(kind: type[StrEnum], state: StrEnum, to: StrEnum) -> list[str]:
    return [
        rule.kind
        for rule in RULES.values()
        for each in rule.transitions
        if each.kind is kind and (state, to) in each.pairs
    ]


def _acts() -> str:
    return _table(
        ("act", "in Vietnamese", "target", "who", "when", "window"),
        map(_act, ACTS.values()),
    )


def _act(rule: ActRule) -> list[str]:
    name = f"`{rule.kind}`" + ("*" if rule.delegable else "")
    people, window = _people(rule.who), rule.window or ""
    return [name, rule.summary, rule.target, people, _when(rule), window]


def _people(who: frozenset[Role] | Who) -> str:
    ordered = (each for each in (*Relation, *Role) if each in who)
    return ", ".join(_ROLES.get(role, role.replace("_", " ")) for role in ordered)


def _when(rule: ActRule) -> str:
    """Say in which states the act is done; its campaign runs where nothing is said."""
    judged = [(each.kind, each.comes_from) for each in rule.states]
    return "; ".join(
        f"{_NAMES[kind]} {_codes(x for x in kind if x in states)}"
        for kind, states in judged
    )


_NAMES: Mapping[type[StrEnum], str] = {
    CampaignState: "campaign",
    PhaseState: "phase",
    SubmissionState: "list",
    SessionState: "session",
    DecisionState: "decision",
    CaseState: "matter",
}


def _deadlines() -> str:
    return _table(
        (
            "deadline",
            "in Vietnamese",
            "who then owes",
            "set or moved by",
            "ended by",
            "moved by whom",
        ),
        map(_deadline, DEADLINES),
    )


def _deadline(kind: str) -> list[str]:
    rule = DEADLINES[kind]
    owed = "; ".join(f"`{act}`: {_people(who)}" for act, who in rule.owed.items())
    name = f"`{kind}`"
    acts = [_that(kind, "opens"), _that(kind, "ends")]
    return [name, rule.name_vi, owed, *acts, _moving(moving_of(kind))]


def _moving(moving: Moving) -> str:
    """Say by which act a deadline is given a later day and by whom, or why by none."""
    if moving.act is None:
        return moving.why
    return f"`{moving.act}`: {_people(moving.who or ACTS[moving.act].who)}"


def _that(deadline: str, does: str) -> str:
    return _codes(
        rule.kind
        for rule in RULES.values()
        if deadline in getattr(rule, does) and rule.kind not in _OF_ALL
    )


def _ways(ways: Iterable[Access]) -> str:
    return _table(
        ("way", "what it is", "by the relation to", "open to", "others hear"),
        ((f"`{x.name}`", x.summary, x.about, _people(x.who), _told(x)) for x in ways),
    )


def _told(way: Access) -> str:
    if Relation.ANYBODY in way.who:
        return ""
    if Relation.SIGNED_IN in way.who:
        return "sign in (401)"
    return "it is not there (404)" if way.hidden else "they may not (403)"


def _restricted() -> str:
    return _table(
        ("what", "known to"),
        ((f"`{what}`", _people(who)) for what, who in KNOWN_TO.items()),
    )


TABLES: Mapping[str, Callable[[], str]] = {
    "readings": lambda: _ways(READINGS.values()),
    "edits": lambda: _ways(EDITS.values()),
    "restricted": _restricted,
    "campaign": _states(CampaignState),
    "phase": _states(PhaseState),
    "window": _states(WindowState),
    "registration": _states(RegistrationState),
    "submission": _states(SubmissionState),
    "line": _states(LineState),
    "session": _states(SessionState),
    "decision": _states(DecisionState),
    "case": _states(CaseState),
    "acts": _acts,
    "deadlines": _deadlines,
}

if __name__ == "__main__":
    for page in (PROCESS, POLICY):
        page.write_text(written(page.read_text("utf-8")), encoding="utf-8")
    PICTURE.write_text(picture(the_year_2022()), encoding="utf-8")
