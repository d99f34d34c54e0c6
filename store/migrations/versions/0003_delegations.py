"""Delegations, and what was signed under one."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_CAPACITIES = ("signed_for", "by_order", "by_authorisation")
_CAPACITY = sa.Enum(
    *_CAPACITIES,
    name="capacity",
    native_enum=False,
    create_constraint=True,
    length=32,
)
# Columns of tables that others refer to: SQLite adds one with its own constraints in
# place, but would have to make the table anew to add a constraint by itself.
_SIGNED = (
    ("commands", "delegation", "fk_commands_delegation", "REFERENCES delegations (id)"),
    ("decisions", "behalf", "fk_decisions_behalf", "REFERENCES people (id)"),
    (
        "decisions",
        "delegation",
        "fk_decisions_delegation",
        "REFERENCES delegations (id)",
    ),
    (
        "decisions",
        "capacity",
        "ck_decisions_capacity",
        f"CHECK (capacity IN {_CAPACITIES}) "
        "CONSTRAINT ck_decisions_signed_in_a_capacity "
        "CHECK ((capacity IS NULL) = (behalf IS NULL))",
    ),
)


def upgrade() -> None:
    op.create_table(
        "delegations",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("campaign", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("given_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("given_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("delegate", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("capacity", _CAPACITY, nullable=False),
        sa.Column(
            "acts",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("revoked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("revoked_because", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (revoked_because IS NULL)",
            name=op.f("ck_delegations_revoked_with_why"),
        ),
        sa.CheckConstraint("ends > starts", name=op.f("ck_delegations_in_order")),
        sa.CheckConstraint(
            "given_by <> delegate", name=op.f("ck_delegations_to_somebody_else")
        ),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaigns.id"], name=op.f("fk_delegations_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["delegate"], ["people.id"], name=op.f("fk_delegations_delegate")
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["people.id"], name=op.f("fk_delegations_given_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations")),
        sa.UniqueConstraint(
            "campaign", "number", name=op.f("uq_delegations_campaign_number")
        ),
    )
    op.create_index(op.f("ix_delegations_delegate"), "delegations", ["delegate"])
    for table, column, name, constraint in _SIGNED:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR "
            f"CONSTRAINT {name} {constraint}"
        )


def downgrade() -> None:
    for table, column, _, _ in reversed(_SIGNED):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    op.drop_index(op.f("ix_delegations_delegate"), "delegations")
    op.drop_table("delegations")
