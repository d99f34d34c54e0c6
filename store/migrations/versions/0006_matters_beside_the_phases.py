"""Matters beside the phases."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_OPEN = sa.text(
    "kind = 'rescission' AND state NOT IN ('not_accepted', 'resolved', 'withdrawn') "
    "AND state <> 'draft'"
)


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "petition",
                "complaint",
                "denunciation",
                "rescission",
                name="casekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "filed",
                "not_accepted",
                "accepted",
                "reported",
                "resolved",
                "withdrawn",
                name="casestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False
        ),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("line", sa.Uuid(), nullable=True),
        sa.Column("event_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("denouncer", sa.Text(), nullable=True),
        sa.Column("filed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("founded", sa.Boolean(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=True),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'draft') = (filed_at IS NULL)", name=op.f("ck_cases_filed")
        ),
        sa.CheckConstraint(
            "(state = 'resolved') = (founded IS NOT NULL)",
            name=op.f("ck_cases_resolved_either_way"),
        ),
        sa.CheckConstraint(
            "(state IN ('not_accepted', 'resolved', 'withdrawn')) = (ended_at IS NOT NULL)",
            name=op.f("ck_cases_ended_when_over"),
        ),
        sa.CheckConstraint(
            "denouncer IS NULL OR kind = 'denunciation'",
            name=op.f("ck_cases_denouncer_of_one"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaigns.id"], name=op.f("fk_cases_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["line"], ["nominations.id"], name=op.f("fk_cases_line")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["people.id"], name=op.f("fk_cases_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_cases_campaign"), ["campaign"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_cases_line"), ["line"], unique=False)
        batch_op.create_index(
            "uq_cases_rescission",
            ["line"],
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        )


def downgrade() -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_cases_rescission", sqlite_where=_OPEN, postgresql_where=_OPEN
        )
        batch_op.drop_index(batch_op.f("ix_cases_line"))
        batch_op.drop_index(batch_op.f("ix_cases_campaign"))

    op.drop_table("cases")
