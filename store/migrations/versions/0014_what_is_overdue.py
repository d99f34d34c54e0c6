"""A step of a ladder says itself whether it comes after its deadline."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    overdue = sa.Column(
        "overdue", sa.Boolean(), server_default=sa.false(), nullable=False
    )
    op.add_column("ladder_steps", overdue)
    op.execute("UPDATE ladder_steps SET overdue = (code LIKE 'overdue%')")


def downgrade() -> None:
    op.drop_column("ladder_steps", "overdue")
