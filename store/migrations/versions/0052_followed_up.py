"""An act's row says whether the engine has followed it up."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

_OWED_SQLITE = sa.text("state <> 'received' AND followed_up = 0")
_OWED_POSTGRES = sa.text("state <> 'received' AND NOT followed_up")


def upgrade() -> None:
    op.add_column(
        "commands",
        sa.Column(
            "followed_up", sa.Boolean(), nullable=False, server_default=sa.false()
        ),
    )
    # Of those that had ended the engine's history knew all that was to follow.
    op.execute("UPDATE commands SET followed_up = true WHERE state <> 'received'")
    op.create_index(
        "ix_commands_owed",
        "commands",
        ["seq"],
        sqlite_where=_OWED_SQLITE,
        postgresql_where=_OWED_POSTGRES,
    )


def downgrade() -> None:
    op.drop_index("ix_commands_owed", "commands")
    op.drop_column("commands", "followed_up")
