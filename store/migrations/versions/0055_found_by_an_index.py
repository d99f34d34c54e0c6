"""What is asked for again and again is found by an index, however long a table is."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

_WHOLE = {
    "ix_commands_target": ("commands", ["target", "kind"]),
    "ix_decision_lines_line": ("decision_lines", ["line"]),
    "ix_nominations_period": ("nominations", ["period"]),
    "ix_round_lines_line": ("round_lines", ["line"]),
    "ix_session_lines_line": ("session_lines", ["line"]),
    "ix_session_lines_listed": ("session_lines", ["session", "position", "line"]),
}
_PARTIAL = {
    "ix_deadlines_open": ("deadlines", ["owner", "name"], "closed_at IS NULL"),
    "ix_ladder_steps_ahead": ("ladder_steps", ["owner", "name"], "ended_at IS NULL"),
    "ix_round_lines_on_paper": (
        "round_lines",
        ["session", "round"],
        "method = 'paper'",
    ),
    "ix_windows_closing": ("windows", ["state"], "state = 'closing'"),
}


def upgrade() -> None:
    for name, (table, columns) in _WHOLE.items():
        op.create_index(name, table, columns)
    for name, (table, columns, which) in _PARTIAL.items():
        where = sa.text(which)
        op.create_index(
            name, table, columns, sqlite_where=where, postgresql_where=where
        )


def downgrade() -> None:
    for name, (table, *_) in (_WHOLE | _PARTIAL).items():
        op.drop_index(name, table)
