"""What the table of acts says of one, in the words of people."""

from enum import StrEnum

from domain.acts import DEADLINES
from domain.acts.declaring import ActRule
from domain.roles import ROLE_NAMES
from domain.states import CampaignState
from papers.terms import STATES


def describe(rule: ActRule) -> str:
    """Say who may do an act, while what stands how, and which deadlines it sets."""
    who = "; ".join(ROLE_NAMES[role] for role in sorted(rule.who))
    said = [f"Người được làm: {who}.", f"Chỉ làm được khi {_while(rule)}."]
    if rule.opens:
        named = dict.fromkeys(DEADLINES[kind].name_vi for kind in rule.opens)
        said.append(f"Đặt hoặc dời hạn: {'; '.join(named)}.")
    return " ".join(said)


def _while(rule: ActRule) -> str:
    kinds: list[type[StrEnum]] = [CampaignState, *(each.kind for each in rule.states)]
    return "; ".join(_standing(rule, kind) for kind in dict.fromkeys(kinds))


def _standing(rule: ActRule, kind: type[StrEnum]) -> str:
    what, names = STATES[kind]
    allowed = rule.allowed(kind) or ()
    among = (f"«{name}»" for state, name in names.items() if state in allowed)
    return f"{what} ở trạng thái {', '.join(among)}"
