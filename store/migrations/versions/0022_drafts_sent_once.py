"""A draft keeps the key under which it was sent, so that it is drafted once."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_INDEX = "uq_campaigns_draft_key"


def upgrade() -> None:
    # No foreign key: SQLite would make the table anew for it, without its triggers.
    op.add_column("campaigns", sa.Column("drafted_by", sa.String(64), nullable=True))
    op.add_column("campaigns", sa.Column("draft_key", sa.String(200), nullable=True))
    digest = sa.Column("draft_fingerprint", sa.String(64), nullable=True)
    op.add_column("campaigns", digest)
    op.create_index(_INDEX, "campaigns", ["drafted_by", "draft_key"], unique=True)


def downgrade() -> None:
    op.drop_index(_INDEX, "campaigns")
    for name in ("draft_fingerprint", "draft_key", "drafted_by"):
        op.drop_column("campaigns", name)
