"""A decision carries the record's head as of its issue."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decisions", sa.Column("head_seq", sa.Integer()))
    op.add_column("decisions", sa.Column("head_digest", sa.String(64)))


def downgrade() -> None:
    op.drop_column("decisions", "head_digest")
    op.drop_column("decisions", "head_seq")
