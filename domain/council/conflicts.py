"""Who stands too near a line to vote on it like the others (E5)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from domain.rules.rulepack import RulePack


@dataclass(frozen=True)
class Conflict:
    """Who leaves the vote on a line and the whole, and who votes though they are near.

    Whoever is *flagged* is named in the minutes: nothing of it is hidden.
    """

    stepping_out: frozenset[str]
    flagged: frozenset[str]


def conflict(
    pack: RulePack,
    title: str,
    nominee: Collection[str],
    heads: Iterable[str],
    recused: Iterable[str],
) -> Conflict:
    """Say who steps out of a line on *nominee*, whose department *heads* head.

    Whoever has *recused* themselves does; nominee and heads do where the rules do not
    let them vote. Where the nominee votes, since the law counts every member, so do
    the heads. *nominee* is empty for a line on a collective.
    """
    everybody = bool(nominee) and pack.title(title).vote.nominee_votes
    out, flagged = set(recused), set[str]()
    (flagged if everybody else out).update(nominee)
    (flagged if everybody or pack.council.heads_vote else out).update(heads)
    return Conflict(frozenset(out), frozenset(flagged - out))
