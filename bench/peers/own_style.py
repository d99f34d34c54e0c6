"""One nomination as inputs of its own: sent in, checked, nine votes, and a decision."""

from typing import Any

import sqlalchemy as sa

from bench.peers.rows import (
    DECISION,
    EVIDENCE,
    MOVE,
    NOTICE,
    PROPOSAL,
    VOTE,
)

MEMBERS = 9


def votes_yes(member: int) -> bool:
    """Say how a member votes: all but one for it."""
    return member != 3


class OwnStyle:
    """What each input writes, one transaction for each."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def submit(self, key: str) -> None:
        """Write a nomination down."""
        row: dict[str, Any] = {"id": key, "phase": "x", "desk": "d", "title": "LDTT"}
        row |= {"evidence": EVIDENCE, "state": "submitted", "yes": 0, "no": 0}
        with self._engine.begin() as connection:
            connection.execute(PROPOSAL.insert(), row)
            connection.execute(MOVE.insert(), _move(key, 1, "submitted"))

    def check(self, key: str) -> bool:
        """Look at the evidence."""
        asked = sa.select(PROPOSAL.c.evidence).where(PROPOSAL.c.id == key)
        with self._engine.begin() as connection:
            connection.execute(asked).scalar_one()
            connection.execute(MOVE.insert(), _move(key, 2, "eligible"))
        return True

    def vote(self, key: str, member: int) -> bool:
        """Take one member's vote."""
        yes = votes_yes(member)
        row = {"proposal": key, "member": member, "yes": yes}
        with self._engine.begin() as connection:
            connection.execute(VOTE.insert(), row)
        return yes

    def tally(self, key: str) -> int:
        """Count who was for it."""
        asked = sa.select(sa.func.count()).where(VOTE.c.proposal == key, VOTE.c.yes)
        with self._engine.begin() as connection:
            return int(connection.execute(asked).scalar_one())

    def decide(self, key: str, yes: int) -> None:
        """Decide, and tell whom it is about."""
        done = {"state": "awarded", "yes": yes, "no": MEMBERS - yes}
        decision = {"proposal": key, "approved": True, "director": "cvp"}
        notice = {"recipient": key, "proposal": key, "kind": "awarded", "body": {}}
        with self._engine.begin() as connection:
            query = PROPOSAL.update().where(PROPOSAL.c.id == key)
            connection.execute(query.values(**done))
            connection.execute(DECISION.insert(), decision)
            moves = [_move(key, 3, "passed"), _move(key, 4, "awarded")]
            connection.execute(MOVE.insert(), moves)
            connection.execute(NOTICE.insert(), notice)


def _move(key: str, number: int, state: str) -> dict[str, object]:
    return {"proposal": key, "number": number, "state": state}
