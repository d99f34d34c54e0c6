"""Lines that people count, by hands or on paper, are found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

_NEW, _OLD = "ix_round_lines_by_people", "ix_round_lines_on_paper"


def upgrade() -> None:
    op.drop_index(_OLD, "round_lines")
    _index(_NEW, ["session", "method", "round", "line"], "method <> 'sheets'")


def downgrade() -> None:
    op.drop_index(_NEW, "round_lines")
    _index(_OLD, ["session", "round"], "method = 'paper'")


def _index(name: str, columns: list[str], which: str) -> None:
    where = sa.text(which)
    op.create_index(
        name, "round_lines", columns, sqlite_where=where, postgresql_where=where
    )
