"""Lists are read a page at a time, in their order; an act says on how many lines it is.

The few lines on a state secret are found without looking at all the others.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_LISTED = {
    "registrations": ["campaign", "department", "subject", "title", "at", "id"],
    "nominations": ["phase", "title", "department", "subject", "id"],
    "comments": ["phase", "at", "id"],
    "deadlines": ["campaign", "due_at", "owner", "name"],
    "ratings": ["year", "kind", "subject"],
}
# What the new ones begin with as well.
_REPLACED = {"nominations": "phase", "comments": "phase", "deadlines": "campaign"}


def upgrade() -> None:
    for table, columns in _LISTED.items():
        op.create_index(f"ix_{table}_listed", table, columns)
    for table, column in _REPLACED.items():
        op.drop_index(f"ix_{table}_{column}", table)
    op.create_index("ix_nominations_subject", "nominations", ["subject", "period"])
    op.create_index(
        "ix_nominations_secret",
        "nominations",
        ["campaign"],
        sqlite_where=sa.text("secret = 1"),
        postgresql_where=sa.text("secret"),
    )
    op.add_column(
        "acts", sa.Column("many", sa.Integer(), nullable=False, server_default="0")
    )
    _count()


def _count() -> None:
    """Say of each act on how many lines it is; acts are only added, else."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER acts_no_update")
        op.execute("UPDATE acts SET many = json_array_length(lines)")
        op.execute(
            "CREATE TRIGGER acts_no_update BEFORE UPDATE ON acts "
            "BEGIN SELECT RAISE(ABORT, 'acts are only added'); END"
        )
    else:
        op.execute("ALTER TABLE acts DISABLE TRIGGER acts_stay")
        op.execute("UPDATE acts SET many = jsonb_array_length(lines)")
        # What refers to acts is looked at once the transaction ends, else.
        op.execute("SET CONSTRAINTS ALL IMMEDIATE")
        op.execute("ALTER TABLE acts ENABLE TRIGGER acts_stay")


def downgrade() -> None:
    op.drop_column("acts", "many")
    op.drop_index("ix_nominations_secret", "nominations")
    op.drop_index("ix_nominations_subject", "nominations")
    for table, column in _REPLACED.items():
        op.create_index(f"ix_{table}_{column}", table, [column])
    for table in _LISTED:
        op.drop_index(f"ix_{table}_listed", table)
