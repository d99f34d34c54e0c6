"""Initiatives and ad hoc commendations: authors, opinions, seats of two councils."""

from typing import Any

import sqlalchemy as sa
import sqlmodel
from alembic import op
from alembic.operations import BatchOperations
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_ID = sqlmodel.sql.sqltypes.AutoString

_KINDS = ("petition", "complaint", "denunciation", "rescission")
_STATES = ("draft", "filed", "not_accepted", "accepted", "reported", "resolved")
_NEW_KINDS = ("initiative", "ad_hoc")
_NEW_STATES = ("returned", "polled", "recognised", "not_recognised", "certified")
_OVER = ("not_accepted", "resolved", "withdrawn")
_NEW_OVER = ("certified", "not_recognised")

_ADDED = {
    "subject_kind": "subject_kind IN ('individual', 'collective')",
    "award_for_somebody": "(kind = 'ad_hoc') = (award IS NOT NULL) AND "
    "(award IS NULL) = (basis IS NULL) AND (award IS NULL) = (subject IS NULL) AND "
    "(award IS NULL) = (subject_kind IS NULL)",
    "certified_by_number": "(state = 'certified') = (certificate IS NOT NULL) AND "
    "(certificate IS NULL) = (counts_for IS NULL)",
}
_CERTIFICATE = "uq_cases_counts_for_certificate"
_SEAT = "uq_council_seats_council_person_starts"


def upgrade() -> None:
    limits = _limits(_KINDS + _NEW_KINDS, _STATES + _NEW_STATES, _OVER + _NEW_OVER)
    with op.batch_alter_table("cases") as cases:
        _limit(cases, limits)
        for column in _columns():
            cases.add_column(column)
        for name, text in _ADDED.items():
            cases.create_check_constraint(op.f(f"ck_cases_{name}"), text)
        cases.create_unique_constraint(_CERTIFICATE, ["counts_for", "certificate"])
    _create_who_speaks()
    with op.batch_alter_table("council_seats") as seats:
        seats.add_column(
            sa.Column(
                "council", sa.String(32), nullable=False, server_default="emulation"
            )
        )
        seats.create_check_constraint(
            op.f("ck_council_seats_council"), "council IN ('emulation', 'initiative')"
        )
        seats.drop_constraint("uq_council_seats_person_starts", type_="unique")
        seats.create_unique_constraint(_SEAT, ["council", "person", "starts"])
    # In place: the triggers of this table would be lost with it.
    op.execute(
        "ALTER TABLE nominations ADD COLUMN commendation_type VARCHAR(32) "
        "DEFAULT 'merit' NOT NULL CONSTRAINT ck_nominations_commendationtype "
        "CHECK (commendation_type IN ('merit', 'ad_hoc', 'thematic'))"
    )
    _let_a_decision_stand_alone()


def downgrade() -> None:
    """Take away what the tables before have no place for."""
    for table in ("case_opinions", "case_authors"):
        op.drop_table(table)
    listed = ", ".join(f"'{kind}'" for kind in _NEW_KINDS)
    op.execute(f"DELETE FROM cases WHERE kind IN ({listed})")
    op.execute("DELETE FROM council_seats WHERE council <> 'emulation'")
    _bind_decisions_to_a_session()
    op.execute("ALTER TABLE nominations DROP COLUMN commendation_type")
    with op.batch_alter_table("council_seats") as seats:
        seats.drop_constraint(_SEAT, type_="unique")
        seats.create_unique_constraint(
            "uq_council_seats_person_starts", ["person", "starts"]
        )
        seats.drop_constraint(op.f("ck_council_seats_council"), type_="check")
        seats.drop_column("council")
    with op.batch_alter_table("cases") as cases:
        cases.drop_constraint(_CERTIFICATE, type_="unique")
        for name in _ADDED:
            cases.drop_constraint(op.f(f"ck_cases_{name}"), type_="check")
        for column in _columns():
            cases.drop_column(column.name)
        _limit(cases, _limits(_KINDS, _STATES, _OVER))


def _limits(
    kinds: tuple[str, ...], states: tuple[str, ...], over: tuple[str, ...]
) -> dict[str, str]:
    return {
        "casekind": f"kind IN {kinds}",
        "casestate": f"state IN {(*states, 'withdrawn')}",
        "ended_when_over": f"(state IN {over}) = (ended_at IS NOT NULL)",
    }


def _limit(cases: BatchOperations, limits: dict[str, str]) -> None:
    for name, text in limits.items():
        cases.drop_constraint(op.f(f"ck_cases_{name}"), type_="check")
        cases.create_check_constraint(op.f(f"ck_cases_{name}"), text)


def _columns() -> tuple[sa.Column[Any], ...]:
    """Make them anew: a column belongs to one table."""
    return (
        sa.Column("subject_kind", sa.String(32)),
        sa.Column("subject", _ID(64)),
        sa.Column("award", _ID(32)),
        sa.Column("basis", _JSON),
        sa.Column("documents", _JSON, nullable=False, server_default="[]"),
        sa.Column("counts_for", sa.Integer()),
        sa.Column("certificate", sa.Integer()),
    )


def _create_who_speaks() -> None:
    op.create_table(
        "case_authors",
        sa.Column("case", sa.Uuid(), nullable=False),
        sa.Column("person", _ID(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "share BETWEEN 1 AND 100", name=op.f("ck_case_authors_of_a_whole")
        ),
        *_keys("case_authors"),
    )
    op.create_index(op.f("ix_case_authors_person"), "case_authors", ["person"])
    op.create_table(
        "case_opinions",
        sa.Column("case", sa.Uuid(), nullable=False),
        sa.Column("person", _ID(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Integer()),
        sa.Column("opinion", sa.Text()),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "score IS NULL OR score BETWEEN 0 AND 100",
            name=op.f("ck_case_opinions_a_score"),
        ),
        *_keys("case_opinions"),
    )


def _keys(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name=op.f(f"fk_{table}_case")),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f(f"fk_{table}_person")
        ),
        sa.PrimaryKeyConstraint("case", "person", name=op.f(f"pk_{table}")),
    )


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _let_a_decision_stand_alone() -> None:
    if _on_sqlite():
        _edit("decisions", "session VARCHAR NOT NULL", "session VARCHAR")
    else:
        op.alter_column("decisions", "session", nullable=True)


def _bind_decisions_to_a_session() -> None:
    alone = "SELECT id FROM decisions WHERE session IS NULL"
    op.execute(f"DELETE FROM decision_lines WHERE decision IN ({alone})")
    op.execute(f"DELETE FROM decisions WHERE amends IN ({alone})")
    op.execute("DELETE FROM decisions WHERE session IS NULL")
    if _on_sqlite():
        _edit("decisions", "session VARCHAR", "session VARCHAR NOT NULL")
    else:
        op.alter_column("decisions", "session", nullable=False)


def _edit(table: str, old: str, new: str) -> None:
    """Change what SQLite's schema says of a table that others refer to.

    It cannot be made anew under them. SQLite's documentation names this way for
    constraints that change nothing of what is stored (ALTER TABLE, section 7).
    """
    bind = op.get_bind()
    bind.exec_driver_sql("PRAGMA writable_schema=ON")
    bind.execute(
        sa.text(
            "UPDATE sqlite_schema SET sql = replace(sql, :old, :new) "
            "WHERE type = 'table' AND name = :table"
        ),
        {"old": old, "new": new, "table": table},
    )
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema=OFF")
