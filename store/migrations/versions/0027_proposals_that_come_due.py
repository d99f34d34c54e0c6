"""A proposal is to be answered by a day, is reminded of, and lapses unanswered."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy import text

revision = "0027"
down_revision = "0023"
branch_labels = None
depends_on = None

_BEFORE = ("confirmed", "declined", "withdrawn")
_AFTER = (*_BEFORE, "lapsed")


def upgrade() -> None:
    moment = sqlmodel.sql.sqltypes.UTCDateTime
    for name in ("due_at", "next_at"):
        op.add_column("proposals", sa.Column(name, moment(), nullable=True))
    # What waits already has its time from the next look on.
    op.execute("UPDATE proposals SET next_at = proposed_at WHERE outcome IS NULL")
    index = op.f("ix_proposals_next_at")
    op.create_index(index, "proposals", ["next_at"])
    _change(_BEFORE, _AFTER)


def downgrade() -> None:
    op.execute("UPDATE proposals SET outcome = 'withdrawn' WHERE outcome = 'lapsed'")
    _change(_AFTER, _BEFORE)
    op.drop_index(op.f("ix_proposals_next_at"), table_name="proposals")
    op.drop_column("proposals", "next_at")
    op.drop_column("proposals", "due_at")


def _change(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Let an outcome be one of *after*: in place where SQLite would make it anew."""
    name, bind = "ck_proposals_proposalend", op.get_bind()
    if bind.dialect.name != "sqlite":
        op.execute(f"ALTER TABLE proposals DROP CONSTRAINT {name}")
        limit = f"outcome IN {_listed(after)}"
        op.execute(f"ALTER TABLE proposals ADD CONSTRAINT {name} CHECK ({limit})")
        return
    bind.exec_driver_sql("PRAGMA writable_schema=ON")
    bind.execute(
        text(
            "UPDATE sqlite_schema SET sql = replace(sql, :old, :new) "
            "WHERE type = 'table' AND name = 'proposals'"
        ),
        {"old": f"outcome IN {_listed(before)}", "new": f"outcome IN {_listed(after)}"},
    )
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema=OFF")


def _listed(outcomes: tuple[str, ...]) -> str:
    return f"({', '.join(repr(outcome) for outcome in outcomes)})"
