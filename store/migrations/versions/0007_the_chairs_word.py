"""The chair's word on a tie for the last seats of a quota."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    chosen = sa.Column(
        "chosen", sa.Boolean(), server_default=sa.false(), nullable=False
    )
    op.add_column("session_lines", chosen)


def downgrade() -> None:
    op.drop_column("session_lines", "chosen")
