"""A decision may amend another one."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KINDS = "('award', 'correction', 'rescission')"
# In place, for the reason that 0003 gives.
_ADDED = (
    (
        "amends",
        "VARCHAR CONSTRAINT fk_decisions_amends REFERENCES decisions (id)",
    ),
    (
        "kind",
        "VARCHAR(32) DEFAULT 'award' NOT NULL "
        f"CONSTRAINT ck_decisions_decisionkind CHECK (kind IN {_KINDS}) "
        "CONSTRAINT ck_decisions_amends_another "
        "CHECK ((kind = 'award') = (amends IS NULL))",
    ),
    ("content", "{json}"),
)


def upgrade() -> None:
    json = "JSON" if op.get_bind().dialect.name == "sqlite" else "JSONB"
    for column, kind in _ADDED:
        op.execute(
            f"ALTER TABLE decisions ADD COLUMN {column} {kind.format(json=json)}"
        )


def downgrade() -> None:
    """Take the amending decisions away too: the tables before have no place for them."""
    amending = "SELECT id FROM decisions WHERE kind <> 'award'"
    op.execute(f"DELETE FROM decision_lines WHERE decision IN ({amending})")
    op.execute("DELETE FROM decisions WHERE kind <> 'award'")
    for column, _ in reversed(_ADDED):
        op.execute(f"ALTER TABLE decisions DROP COLUMN {column}")
