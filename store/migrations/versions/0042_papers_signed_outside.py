"""Decisions that were signed on paper: their scans, and what these state."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime
_HOLDER = "ck_attachments_holderkind"
_OLD = "holder IN ('line', 'session', 'case')"
_NEW = "holder IN ('line', 'session', 'case', 'decision')"
_OUTCOME = sa.Enum(
    "paper_wrong",
    "record_mended",
    name="paperoutcome",
    native_enum=False,
    length=32,
    create_constraint=True,
)


def upgrade() -> None:
    _hold(_NEW)
    op.create_table(
        "signed_papers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision", _TEXT(), nullable=False),
        sa.Column("file", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("number_year", sa.Integer(), nullable=True),
        sa.Column("series", _TEXT(length=32), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", _TEXT(length=200), nullable=True),
        sa.Column("awarded", sa.Integer(), nullable=True),
        sa.Column("recorded_by", _TEXT(), nullable=False),
        sa.Column("recorded_at", _MOMENT(), nullable=False),
        sa.Column("settled_by", _TEXT(), nullable=True),
        sa.Column("settled_at", _MOMENT(), nullable=True),
        sa.Column("outcome", _OUTCOME, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        *_constraints(),
    )


def _constraints() -> list[sa.Constraint]:
    refers = {
        "decision": "decisions.id",
        "file": "attachments.id",
        "recorded_by": "people.id",
        "settled_by": "people.id",
    }
    return [
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by IS NULL)",
            name=op.f("ck_signed_papers_settled_by_somebody"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (reason IS NULL)",
            name=op.f("ck_signed_papers_settled_with_why"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [to],
                name=op.f(f"fk_signed_papers_{column}_{to.split('.')[0]}"),
            )
            for column, to in refers.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_papers")),
        sa.UniqueConstraint(
            "decision", "file", name=op.f("uq_signed_papers_decision_file")
        ),
    ]


def _hold(held: str) -> None:
    with op.batch_alter_table("attachments") as attachments:
        attachments.drop_constraint(op.f(_HOLDER), type_="check")
        attachments.create_check_constraint(op.f(_HOLDER), held)


def downgrade() -> None:
    op.drop_table("signed_papers")
    op.execute("DELETE FROM attachments WHERE holder = 'decision'")
    _hold(_OLD)
