"""Lines that are voted on by hands, or on paper, are found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

_NEW, _OLD = "ix_round_lines_method", "ix_round_lines_on_paper"


def upgrade() -> None:
    op.drop_index(_OLD, "round_lines")
    op.create_index(_NEW, "round_lines", ["session", "method", "round", "line"])


def downgrade() -> None:
    op.drop_index(_NEW, "round_lines")
    which = sa.text("method = 'paper'")
    op.create_index(
        _OLD,
        "round_lines",
        ["session", "round"],
        sqlite_where=which,
        postgresql_where=which,
    )
