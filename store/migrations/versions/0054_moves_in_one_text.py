"""On SQLite the moves of a line are one text that is looked through, and no list.

A trigger puts a list of so many into a table of its own each time that it fires, for
every line: that was a third of what it took to bring lines to another state.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

_TRIGGER = "nominations_state"
_PAIR = re.compile(r"\w+ > \w+")
_MOVE = "OLD.state || ' > ' || NEW.state"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        text = f"|{'|'.join(_pairs())}|"
        _put(f"instr('{text}', '|' || {_MOVE} || '|') = 0")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        listed = ", ".join(f"'{pair}'" for pair in _pairs())
        _put(f"({_MOVE}) NOT IN ({listed})")


def _pairs() -> list[str]:
    """Read which moves there are out of the trigger that stands."""
    asked = sa.text("SELECT sql FROM sqlite_master WHERE name = :name")
    source = op.get_bind().execute(asked, {"name": _TRIGGER}).scalar_one()
    return _PAIR.findall(source)


def _put(wrong: str) -> None:
    op.execute(f"DROP TRIGGER {_TRIGGER}")
    op.execute(
        f"CREATE TRIGGER {_TRIGGER} AFTER UPDATE OF state ON nominations "
        f"WHEN OLD.state <> NEW.state AND {wrong} BEGIN SELECT RAISE("
        "ABORT, 'nominations do not go from that state to this one'); END"
    )
