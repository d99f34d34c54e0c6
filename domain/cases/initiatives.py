"""An initiative: whose it is, and whether its council finds that it is one."""

from collections.abc import Mapping

from domain.refusals import refuse
from domain.rules.rulepack import MemberRule

_WHOLE = 100  # percent


def require_shares(shares: Mapping[str, int]) -> None:
    """Raise Refused (`bad_shares`) unless the authors' shares make a whole."""
    total = sum(shares.values())
    if total != _WHOLE:
        raise refuse(
            "bad_shares",
            f"Tỷ lệ đóng góp của các đồng tác giả cộng lại là {total}%; phải đúng "
            f"{_WHOLE}%.",
        )


def found_eligible(
    rule: MemberRule, yes: int, scored: int, members: int
) -> bool | None:
    """Say whether enough *members* find it eligible; None while that is open.

    Whoever does not score has not found it eligible, so it is open only while those
    who have still to score could carry it.
    Law: the council's own regulation, after QĐ 1109/QĐ-VPQH 2017 Điều 14.
    """
    if rule.threshold.reached(yes, members):
        return True
    if rule.threshold.reached(yes + members - scored, members):
        return None
    return False
