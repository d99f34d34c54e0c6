"""The phase as the product cuts it: acts of a department or a session on many lines.

An act is received in one transaction and applied in another, with its link of the
record; members cast whole sheets.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from bench.peers.own_style import MEMBERS, votes_yes
from bench.peers.rows import (
    ACT,
    COMMAND,
    DECISION,
    DESK,
    EVIDENCE,
    HEAD,
    MOVE,
    NOTICE,
    PROPOSAL,
    REGISTRATION,
    SHEET,
    VOTE,
)

LINES = 1000
_DESKS, _EACH = 20, 50
_OF_DESKS = ("register", "review", "submit", "receive", "appraise")
_OF_SESSION = ("publish", "open_voting", "close", "sign", "decide", "issue")
SHEET_OF_ALL = bytes(60 * LINES)  # what a member's sealed sheet weighs
# An act, and of which desk; the session's acts are of none. A ballot is a member's.
Input = tuple[str, str | int | None]


class Phase:
    """One phase of a thousand lines."""

    def __init__(self, engine: sa.Engine) -> None:
        self.key = uuid4().hex[:8]
        self._engine = engine
        self.desks = [f"D{number:04}" for number in range(_DESKS)]
        self._lines = [line for desk in self.desks for line in self._of(desk)]
        desks = [{"phase": self.key, "code": d, "state": "open"} for d in self.desks]
        with engine.begin() as connection:
            connection.execute(HEAD.insert(), {"phase": self.key, "seq": 0})
            connection.execute(DESK.insert(), desks)

    def script(self) -> Iterator[list[Input]]:
        """List what comes in; what stands together need not wait for one another."""
        for kind in _OF_DESKS:
            yield [(kind, desk) for desk in self.desks]
        for kind in _OF_SESSION[:2]:
            yield [(kind, None)]
        yield [("ballot", member) for member in range(MEMBERS)]
        for kind in _OF_SESSION[2:]:
            yield [(kind, None)]

    def receive(self, kind: str, target: str) -> str:
        """Write down that an act has come in; return its id."""
        key = uuid4().hex
        row = {"id": key, "target": target, "kind": kind, "state": "received"}
        with self._engine.begin() as connection:
            connection.execute(COMMAND.insert(), {**row, "payload": {}})
        return key

    def ballot(self, member: int) -> None:
        """Take a member's sheet."""
        row = {"phase": self.key, "member": member, "content": SHEET_OF_ALL}
        with self._engine.begin() as connection:
            connection.execute(SHEET.insert(), row)

    def apply(self, kind: str, key: str, desk: str | None) -> None:
        """Apply a received act: its effect, its link of the record, its end."""
        effect: Callable[[sa.Connection, Any], Any] = getattr(self, f"_{kind}")
        with self._engine.begin() as connection:
            lines = effect(connection, desk)
            self._record(connection, key, {"lines": lines or []})

    def _of(self, desk: str) -> list[str]:
        return [f"{self.key}-{desk}-{number:04}" for number in range(_EACH)]

    def _record(self, c: sa.Connection, key: str, payload: dict[str, Any]) -> None:
        head = HEAD.update().where(HEAD.c.phase == self.key)
        moved = head.values(seq=HEAD.c.seq + 1).returning(HEAD.c.seq)
        link = {"id": key, "phase": self.key, "digest": "0" * 64, "payload": payload}
        c.execute(ACT.insert(), {**link, "seq": c.execute(moved).scalar_one()})
        c.execute(COMMAND.update().where(COMMAND.c.id == key).values(state="applied"))

    def _move(
        self, c: sa.Connection, lines: Sequence[str], number: int, state: str
    ) -> Sequence[str]:
        reached = PROPOSAL.update().where(PROPOSAL.c.id == sa.bindparam("line"))
        c.execute(reached.values(state=state), [{"line": line} for line in lines])
        c.execute(
            MOVE.insert(),
            [{"proposal": line, "number": number, "state": state} for line in lines],
        )
        return lines

    def _tell(self, c: sa.Connection, kind: str) -> None:
        body = {"phase": self.key}
        c.execute(
            NOTICE.insert(),
            [
                {"recipient": line, "proposal": line, "kind": kind, "body": body}
                for line in self._lines
            ],
        )

    def _reach(self, c: sa.Connection, desk: str, state: str) -> None:
        mine = (DESK.c.phase == self.key) & (DESK.c.code == desk)
        c.execute(DESK.update().where(mine).values(state=state))

    def _register(self, c: sa.Connection, desk: str) -> None:
        row = {"phase": self.key, "title": "LDTT", "desk": desk}
        lines = self._of(desk)
        c.execute(REGISTRATION.insert(), [{**row, "subject": line} for line in lines])
        self._reach(c, desk, "registered")

    def _review(self, c: sa.Connection, desk: str) -> None:
        self._reach(c, desk, "reviewed")

    def _submit(self, c: sa.Connection, desk: str) -> list[str]:
        lines = self._of(desk)
        row: dict[str, Any] = {"phase": self.key, "desk": desk, "title": "LDTT"}
        row |= {"evidence": EVIDENCE, "state": "nominated", "yes": 0, "no": 0}
        moves = [{"proposal": x, "number": 1, "state": "nominated"} for x in lines]
        notice = {"proposal": desk, "kind": "submitted", "body": {}}
        c.execute(PROPOSAL.insert(), [{**row, "id": line} for line in lines])
        c.execute(MOVE.insert(), moves)
        c.execute(NOTICE.insert(), [{**notice, "recipient": f"s{n}"} for n in (1, 2)])
        self._reach(c, desk, "submitted")
        return lines

    def _receive(self, c: sa.Connection, desk: str) -> None:
        self._reach(c, desk, "received")

    def _appraise(self, c: sa.Connection, desk: str) -> Sequence[str]:
        self._reach(c, desk, "appraised")
        return self._move(c, self._of(desk), 2, "eligible")

    def _publish(self, c: sa.Connection, _desk: None) -> None:
        self._tell(c, "published")

    def _open_voting(self, c: sa.Connection, _desk: None) -> None:
        self._move(c, self._lines, 3, "on_ballot")

    def _close(self, c: sa.Connection, _desk: None) -> Sequence[str]:
        mine = SHEET.c.phase == self.key
        c.execute(sa.select(SHEET.c.content).where(mine)).all()
        c.execute(
            VOTE.insert(),
            [
                {"proposal": line, "member": member, "yes": votes_yes(member)}
                for line in self._lines
                for member in range(MEMBERS)
            ],
        )
        counted = PROPOSAL.update().where(PROPOSAL.c.id == sa.bindparam("line"))
        counts = [{"line": line} for line in self._lines]
        c.execute(counted.values(yes=MEMBERS - 1, no=1), counts)
        c.execute(SHEET.delete().where(mine))
        return self._lines

    def _sign(self, c: sa.Connection, _desk: None) -> Sequence[str]:
        return self._move(c, self._lines, 4, "passed")

    def _decide(self, c: sa.Connection, _desk: None) -> Sequence[str]:
        row = {"approved": True, "director": "cvp"}
        c.execute(DECISION.insert(), [{**row, "proposal": x} for x in self._lines])
        return self._move(c, self._lines, 5, "approved")

    def _issue(self, c: sa.Connection, _desk: None) -> Sequence[str]:
        self._tell(c, "awarded")
        self._tell(c, "results")
        return self._move(c, self._lines, 6, "awarded")


# How many acts a desk and the session take.
ACTS_OF_DESK, ACTS_OF_SESSION = len(_OF_DESKS), len(_OF_SESSION)
