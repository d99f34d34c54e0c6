"""Who votes on a line though they stand near to it."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = "JSON" if op.get_bind().dialect.name == "sqlite" else "JSONB"
    op.execute(
        f"ALTER TABLE round_lines ADD COLUMN flagged {json} DEFAULT '[]' NOT NULL"
    )


def downgrade() -> None:
    op.drop_column("round_lines", "flagged")
