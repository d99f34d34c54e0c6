"""A campaign keeps the office's own days by which its deadlines were last rolled."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    json = "JSON" if sqlite else "JSONB"
    op.execute(
        f"ALTER TABLE campaigns ADD COLUMN own_days {json} DEFAULT '{{}}' NOT NULL"
    )
    # A boolean is a number to SQLite, and would be one in its JSON.
    working = "json(iif(working, 'true', 'false'))" if sqlite else "working"
    days = (
        f"json_group_object(day, {working})"
        if sqlite
        else "jsonb_object_agg(day, working)"
    )
    op.execute(
        f"UPDATE campaigns SET own_days = (SELECT {days} FROM calendar_overrides) "
        "WHERE EXISTS (SELECT 1 FROM calendar_overrides)"
    )


def downgrade() -> None:
    op.drop_column("campaigns", "own_days")
