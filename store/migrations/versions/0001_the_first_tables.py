"""The first tables."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_overrides",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_overrides")),
    )
    op.create_table(
        "departments",
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("collective", sa.Boolean(), nullable=False),
        sa.Column("secretariat", sa.Boolean(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_departments")),
    )
    op.create_table(
        "ladder_steps",
        sa.Column(
            "owner", sqlmodel.sql.sqltypes.AutoString(length=150), nullable=False
        ),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column(
            "to",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("notices", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint(
            "owner", "name", "version", "code", name=op.f("pk_ladder_steps")
        ),
    )
    op.create_table(
        "leases",
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column(
            "holder", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False
        ),
        sa.Column("until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "people",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column(
            "sort_key", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False
        ),
        sa.Column(
            "search_key", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False
        ),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_people_sort_key"), ["sort_key"], unique=False
        )

    op.create_table(
        "ratings",
        sa.Column(
            "kind",
            sa.Enum(
                "individual",
                "collective",
                name="subjectkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "subject", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("level", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", "year", name=op.f("pk_ratings")),
    )
    op.create_table(
        "stepped_clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moment", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_stepped_clock_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stepped_clock")),
    )
    op.create_table(
        "appointments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "office",
            sa.Enum(
                "director",
                "deputy_director",
                "union_chair",
                "department_head",
                "department_secretary",
                "records_clerk",
                "auditor",
                "recipient",
                name="office",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("department", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ends IS NULL OR ends > starts", name=op.f("ck_appointments_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["department"],
            ["departments.code"],
            name=op.f("fk_appointments_department"),
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_appointments_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
        sa.UniqueConstraint(
            "person",
            "office",
            "department",
            "starts",
            name=op.f("uq_appointments_person_office_department_starts"),
        ),
    )
    with op.batch_alter_table("appointments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_appointments_person"), ["person"], unique=False
        )

    op.create_table(
        "campaigns",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column(
            "title", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False
        ),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "pending_union",
                "pact_signed",
                "running",
                "suspended",
                "closed",
                "cancelled",
                name="campaignstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "plan",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "packs",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "signed_by_director", sqlmodel.sql.sqltypes.AutoString(), nullable=True
        ),
        sa.Column("signed_by_union", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("pact_signed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("launched_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("launched_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("suspended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("closed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'suspended') = (suspended_at IS NOT NULL)",
            name=op.f("ck_campaigns_suspended_since"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'pending_union', 'cancelled') OR pact_signed_at IS NOT NULL",
            name=op.f("ck_campaigns_pact_before_launch"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('running', 'suspended', 'closed') OR (launched_at IS NOT NULL AND launched_by IS NOT NULL)",
            name=op.f("ck_campaigns_launched_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["launched_by"], ["people.id"], name=op.f("fk_campaigns_launched_by")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_director"],
            ["people.id"],
            name=op.f("fk_campaigns_signed_by_director"),
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_union"],
            ["people.id"],
            name=op.f("fk_campaigns_signed_by_union"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
    )
    op.create_table(
        "council_seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "seat",
            sa.Enum(
                "chair",
                "vice_chair",
                "member",
                "secretary",
                name="seat",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column(
            "formation", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True
        ),
        sa.CheckConstraint(
            "ends IS NULL OR ends > starts", name=op.f("ck_council_seats_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_council_seats_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_seats")),
        sa.UniqueConstraint(
            "person", "starts", name=op.f("uq_council_seats_person_starts")
        ),
    )
    op.create_table(
        "disciplines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("level", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_disciplines_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disciplines")),
        sa.UniqueConstraint(
            "person",
            "level",
            "decided_on",
            name=op.f("uq_disciplines_person_level_decided_on"),
        ),
    )
    with op.batch_alter_table("disciplines", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_disciplines_person"), ["person"], unique=False
        )

    op.create_table(
        "leaves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("result", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
        sa.CheckConstraint(
            "ends IS NULL OR ends > starts", name=op.f("ck_leaves_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_leaves_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaves")),
        sa.UniqueConstraint("person", "starts", name=op.f("uq_leaves_person_starts")),
    )
    with op.batch_alter_table("leaves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leaves_person"), ["person"], unique=False)

    op.create_table(
        "recognitions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("scope", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_recognitions_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognitions")),
        sa.UniqueConstraint(
            "person", "kind", "year", name=op.f("uq_recognitions_person_kind_year")
        ),
    )
    with op.batch_alter_table("recognitions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recognitions_person"), ["person"], unique=False
        )

    op.create_table(
        "service_spans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("department", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "agency", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True
        ),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(department IS NULL) <> (agency IS NULL)",
            name=op.f("ck_service_spans_here_or_elsewhere"),
        ),
        sa.CheckConstraint(
            "ends IS NULL OR ends > starts", name=op.f("ck_service_spans_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["department"],
            ["departments.code"],
            name=op.f("fk_service_spans_department"),
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_service_spans_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_spans")),
        sa.UniqueConstraint(
            "person", "starts", name=op.f("uq_service_spans_person_starts")
        ),
    )
    with op.batch_alter_table("service_spans", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_service_spans_department"), ["department"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_service_spans_person"), ["person"], unique=False
        )

    op.create_table(
        "acts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column(
            "previous", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False
        ),
        sa.Column(
            "digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False
        ),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("actor", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("behalf", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("command", sa.Uuid(), nullable=True),
        sa.Column(
            "lines",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "payload_digest",
            sqlmodel.sql.sqltypes.AutoString(length=64),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaigns.id"], name=op.f("fk_acts_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acts")),
        sa.UniqueConstraint(
            "campaign", "previous", name=op.f("uq_acts_campaign_previous")
        ),
        sa.UniqueConstraint("campaign", "seq", name=op.f("uq_acts_campaign_seq")),
        sa.UniqueConstraint("command", name=op.f("uq_acts_command")),
    )
    op.create_table(
        "chains",
        sa.Column("campaign", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column(
            "digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaigns.id"], name=op.f("fk_chains_campaign")
        ),
        sa.PrimaryKeyConstraint("campaign", name=op.f("pk_chains")),
    )
    op.create_table(
        "commands",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("actor", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("behalf", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column(
            "target", sqlmodel.sql.sqltypes.AutoString(length=150), nullable=False
        ),
        sa.Column("phase", sqlmodel.sql.sqltypes.AutoString(length=70), nullable=True),
        sa.Column(
            "department", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True
        ),
        sa.Column("window", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
        sa.Column(
            "payload",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "idempotency_key",
            sqlmodel.sql.sqltypes.AutoString(length=200),
            nullable=False,
        ),
        sa.Column(
            "fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False
        ),
        sa.Column("received_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "applied",
                "refused",
                "stuck",
                name="commandstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column(
            "answer",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=True,
        ),
        sa.Column(
            "refusals",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(state = 'refused') = (refusals IS NOT NULL)",
            name=op.f("ck_commands_refused_with_reasons"),
        ),
        sa.CheckConstraint(
            "(state IN ('applied', 'refused')) = (ended_at IS NOT NULL)",
            name=op.f("ck_commands_ended_when_ended"),
        ),
        sa.ForeignKeyConstraint(
            ["actor"], ["people.id"], name=op.f("fk_commands_actor")
        ),
        sa.ForeignKeyConstraint(
            ["behalf"], ["people.id"], name=op.f("fk_commands_behalf")
        ),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaigns.id"], name=op.f("fk_commands_campaign")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_commands")),
        sa.UniqueConstraint(
            "actor", "idempotency_key", name=op.f("uq_commands_actor_idempotency_key")
        ),
        sa.UniqueConstraint("id", name=op.f("uq_commands_id")),
    )
    with op.batch_alter_table("commands", schema=None) as batch_op:
        batch_op.create_index(
            "ix_commands_waiting",
            ["target", "seq"],
            unique=False,
            sqlite_where=sa.text("state = 'received'"),
            postgresql_where=sa.text("state = 'received'"),
        )

    op.create_table(
        "deadlines",
        sa.Column(
            "owner", sqlmodel.sql.sqltypes.AutoString(length=150), nullable=False
        ),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("campaign", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opens_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("due_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column(
            "original_due_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False
        ),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("closed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_deadlines_versions_from_one")),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaigns.id"], name=op.f("fk_deadlines_campaign")
        ),
        sa.PrimaryKeyConstraint("owner", "name", name=op.f("pk_deadlines")),
    )
    with op.batch_alter_table("deadlines", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deadlines_campaign"), ["campaign"], unique=False
        )

    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("task", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("step", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recipient", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("read_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaigns.id"], name=op.f("fk_notices_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["recipient"], ["people.id"], name=op.f("fk_notices_recipient")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint(
            "task",
            "kind",
            "step",
            "version",
            "recipient",
            name=op.f("uq_notices_task_kind_step_version_recipient"),
        ),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_notices_campaign"), ["campaign"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_notices_recipient"), ["recipient"], unique=False
        )

    op.create_table(
        "phases",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=70), nullable=False),
        sa.Column("campaign", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "registration_open",
                "running",
                "department_review",
                "submission_window",
                "appraisal",
                "public_notice",
                "council_review",
                "director_review",
                "decided",
                "closed",
                "cancelled",
                name="phasestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("pack", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column(
            "titles",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("opened_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("closed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaigns.id"], name=op.f("fk_phases_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phases")),
        sa.UniqueConstraint(
            "campaign", "number", name=op.f("uq_phases_campaign_number")
        ),
    )
    op.create_table(
        "registrations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("department", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "individual",
                "collective",
                name="subjectkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "subject", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False
        ),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "registered",
                "amended",
                "withdrawn",
                name="registrationstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaigns.id"], name=op.f("fk_registrations_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["department"],
            ["departments.code"],
            name=op.f("fk_registrations_department"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
    )
    with op.batch_alter_table("registrations", schema=None) as batch_op:
        batch_op.create_index(
            "uq_registrations_live",
            ["campaign", "kind", "subject", "title"],
            unique=True,
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )

    op.create_table(
        "act_payloads",
        sa.Column("act", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column(
            "payload",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["act"], ["acts.id"], name=op.f("fk_act_payloads_act")),
        sa.PrimaryKeyConstraint("act", name=op.f("pk_act_payloads")),
    )
    op.create_table(
        "council_sessions",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("campaign", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("phase", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "convened",
                "voting",
                "counted",
                "concluded",
                "adjourned",
                name="sessionstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("meets_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column(
            "place", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False
        ),
        sa.Column("opened_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("counted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("minutes", sa.Text(), nullable=True),
        sa.Column("signed_by_chair", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "signed_by_secretary", sqlmodel.sql.sqltypes.AutoString(), nullable=True
        ),
        sa.CheckConstraint(
            "state <> 'concluded' OR (minutes IS NOT NULL AND signed_by_chair IS NOT NULL AND signed_by_secretary IS NOT NULL)",
            name=op.f("ck_council_sessions_concluded_by_signed_minutes"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaigns.id"], name=op.f("fk_council_sessions_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["phase"], ["phases.id"], name=op.f("fk_council_sessions_phase")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_chair"],
            ["people.id"],
            name=op.f("fk_council_sessions_signed_by_chair"),
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_secretary"],
            ["people.id"],
            name=op.f("fk_council_sessions_signed_by_secretary"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_sessions")),
        sa.UniqueConstraint(
            "phase", "number", name=op.f("uq_council_sessions_phase_number")
        ),
    )
    op.create_table(
        "drafts",
        sa.Column("phase", sqlmodel.sql.sqltypes.AutoString(length=70), nullable=False),
        sa.Column(
            "department", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False
        ),
        sa.Column(
            "content",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department"], ["departments.code"], name=op.f("fk_drafts_department")
        ),
        sa.ForeignKeyConstraint(["phase"], ["phases.id"], name=op.f("fk_drafts_phase")),
        sa.PrimaryKeyConstraint("phase", "department", name=op.f("pk_drafts")),
    )
    op.create_table(
        "nomination_moves",
        sa.Column("line", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column(
            "from_state",
            sa.Enum(
                "nominated",
                "eligible",
                "ineligible",
                "on_ballot",
                "council_passed",
                "council_failed",
                "council_downgraded",
                "deferred",
                "director_approved",
                "director_declined",
                "returned_to_council",
                "awarded",
                "forwarded_upward",
                "superior_awarded",
                "superior_declined",
                "superior_returned",
                "withdrawn",
                "on_hold",
                "revoked",
                "declined_by_awardee",
                name="from_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "to_state",
            sa.Enum(
                "nominated",
                "eligible",
                "ineligible",
                "on_ballot",
                "council_passed",
                "council_failed",
                "council_downgraded",
                "deferred",
                "director_approved",
                "director_declined",
                "returned_to_council",
                "awarded",
                "forwarded_upward",
                "superior_awarded",
                "superior_declined",
                "superior_returned",
                "withdrawn",
                "on_hold",
                "revoked",
                "declined_by_awardee",
                name="linestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("act", sa.Uuid(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["act"],
            ["acts.id"],
            name=op.f("fk_nomination_moves_act"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("line", "n", name=op.f("pk_nomination_moves")),
    )
    op.create_table(
        "nominations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("phase", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("department", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "individual",
                "collective",
                name="subjectkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "subject", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False
        ),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column(
            "period", sqlmodel.sql.sqltypes.AutoString(length=70), nullable=False
        ),
        sa.Column("achieved_from", sa.Date(), nullable=False),
        sa.Column("achieved_to", sa.Date(), nullable=False),
        sa.Column(
            "evidence",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "nominated",
                "eligible",
                "ineligible",
                "on_ballot",
                "council_passed",
                "council_failed",
                "council_downgraded",
                "deferred",
                "director_approved",
                "director_declined",
                "returned_to_council",
                "awarded",
                "forwarded_upward",
                "superior_awarded",
                "superior_declined",
                "superior_returned",
                "withdrawn",
                "on_hold",
                "revoked",
                "declined_by_awardee",
                name="linestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "held_from",
            sa.Enum(
                "nominated",
                "eligible",
                "ineligible",
                "on_ballot",
                "council_passed",
                "council_failed",
                "council_downgraded",
                "deferred",
                "director_approved",
                "director_declined",
                "returned_to_council",
                "awarded",
                "forwarded_upward",
                "superior_awarded",
                "superior_declined",
                "superior_returned",
                "withdrawn",
                "on_hold",
                "revoked",
                "declined_by_awardee",
                name="held_from",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'on_hold') = (held_from IS NOT NULL)",
            name=op.f("ck_nominations_held"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaigns.id"], name=op.f("fk_nominations_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["department"], ["departments.code"], name=op.f("fk_nominations_department")
        ),
        sa.ForeignKeyConstraint(
            ["phase"], ["phases.id"], name=op.f("fk_nominations_phase")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nominations")),
    )
    with op.batch_alter_table("nominations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_nominations_campaign"), ["campaign"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_nominations_phase"), ["phase"], unique=False
        )
        batch_op.create_index(
            "uq_nominations_live",
            ["kind", "subject", "title", "period"],
            unique=True,
            sqlite_where=sa.text(
                "state NOT IN ('council_downgraded', 'council_failed', 'declined_by_awardee', 'director_declined', 'ineligible', 'revoked', 'superior_declined', 'withdrawn')"
            ),
            postgresql_where=sa.text(
                "state NOT IN ('council_downgraded', 'council_failed', 'declined_by_awardee', 'director_declined', 'ineligible', 'revoked', 'superior_declined', 'withdrawn')"
            ),
        )

    op.create_table(
        "reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("phase", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column(
            "content",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaigns.id"], name=op.f("fk_reports_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["phase"], ["phases.id"], name=op.f("fk_reports_phase")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint(
            "campaign",
            "kind",
            "phase",
            "version",
            name=op.f("uq_reports_campaign_kind_phase_version"),
        ),
    )
    op.create_table(
        "submissions",
        sa.Column("phase", sqlmodel.sql.sqltypes.AutoString(length=70), nullable=False),
        sa.Column(
            "department", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False
        ),
        sa.Column(
            "state",
            sa.Enum(
                "not_started",
                "peer_reviewed",
                "submitted",
                "recalled",
                "received",
                "returned_for_supplement",
                "resubmitted",
                "appraised",
                "nil_return",
                "overdue",
                "late_requested",
                "late_accepted",
                "late_refused",
                "closed",
                name="submissionstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("launched_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column(
            "peer_review",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=True,
        ),
        sa.Column("submitted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("submitted_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("received_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column(
            "flagged",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=True,
        ),
        sa.Column("late_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'returned_for_supplement') = (flagged IS NOT NULL)",
            name=op.f("ck_submissions_flagged_while_returned"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('received', 'returned_for_supplement', 'resubmitted', 'appraised') OR received_at IS NOT NULL",
            name=op.f("ck_submissions_received_once"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('submitted', 'received', 'returned_for_supplement', 'resubmitted', 'appraised') OR (submitted_by IS NOT NULL AND submitted_at IS NOT NULL)",
            name=op.f("ck_submissions_submitted_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["department"], ["departments.code"], name=op.f("fk_submissions_department")
        ),
        sa.ForeignKeyConstraint(
            ["phase"], ["phases.id"], name=op.f("fk_submissions_phase")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["people.id"], name=op.f("fk_submissions_submitted_by")
        ),
        sa.PrimaryKeyConstraint("phase", "department", name=op.f("pk_submissions")),
    )
    op.create_table(
        "windows",
        sa.Column("phase", sqlmodel.sql.sqltypes.AutoString(length=70), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column(
            "department", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False
        ),
        sa.Column("opens_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("due_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "open",
                "closing",
                "closed",
                name="windowstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("due_at > opens_at", name=op.f("ck_windows_in_order")),
        sa.ForeignKeyConstraint(
            ["department"], ["departments.code"], name=op.f("fk_windows_department")
        ),
        sa.ForeignKeyConstraint(
            ["phase"], ["phases.id"], name=op.f("fk_windows_phase")
        ),
        sa.PrimaryKeyConstraint("phase", "kind", "department", name=op.f("pk_windows")),
    )
    op.create_table(
        "comments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("phase", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("line", sa.Uuid(), nullable=True),
        sa.Column("author", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author"], ["people.id"], name=op.f("fk_comments_author")
        ),
        sa.ForeignKeyConstraint(
            ["line"], ["nominations.id"], name=op.f("fk_comments_line")
        ),
        sa.ForeignKeyConstraint(
            ["phase"], ["phases.id"], name=op.f("fk_comments_phase")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comments_phase"), ["phase"], unique=False)

    op.create_table(
        "decisions",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("campaign", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("phase", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("session", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "decided",
                "numbered",
                "issued",
                "returned",
                "rescinded",
                name="decisionstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("series", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("number_year", sa.Integer(), nullable=True),
        sa.Column("issued_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'returned') OR (decided_by IS NOT NULL AND decided_at IS NOT NULL)",
            name=op.f("ck_decisions_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('numbered', 'issued', 'rescinded') OR (number IS NOT NULL AND number_year IS NOT NULL AND series IS NOT NULL)",
            name=op.f("ck_decisions_numbered_before_issue"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaigns.id"], name=op.f("fk_decisions_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["people.id"], name=op.f("fk_decisions_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["phase"], ["phases.id"], name=op.f("fk_decisions_phase")
        ),
        sa.ForeignKeyConstraint(
            ["session"], ["council_sessions.id"], name=op.f("fk_decisions_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint(
            "phase", "ordinal", name=op.f("uq_decisions_phase_ordinal")
        ),
        sa.UniqueConstraint(
            "series",
            "number_year",
            "number",
            name=op.f("uq_decisions_series_number_year_number"),
        ),
    )
    op.create_table(
        "dissents",
        sa.Column("session", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("line", sa.Uuid(), nullable=False),
        sa.Column("person", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line"], ["nominations.id"], name=op.f("fk_dissents_line")
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_dissents_person")
        ),
        sa.ForeignKeyConstraint(
            ["session"], ["council_sessions.id"], name=op.f("fk_dissents_session")
        ),
        sa.PrimaryKeyConstraint("session", "line", "person", name=op.f("pk_dissents")),
    )
    op.create_table(
        "session_lines",
        sa.Column("session", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("line", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=True),
        sa.Column("no", sa.Integer(), nullable=True),
        sa.Column("blank", sa.Integer(), nullable=True),
        sa.Column("chair_yes", sa.Boolean(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "nominated",
                "eligible",
                "ineligible",
                "on_ballot",
                "council_passed",
                "council_failed",
                "council_downgraded",
                "deferred",
                "director_approved",
                "director_declined",
                "returned_to_council",
                "awarded",
                "forwarded_upward",
                "superior_awarded",
                "superior_declined",
                "superior_returned",
                "withdrawn",
                "on_hold",
                "revoked",
                "declined_by_awardee",
                name="linestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(yes IS NULL) = (no IS NULL) AND (yes IS NULL) = (blank IS NULL)",
            name=op.f("ck_session_lines_counted_whole"),
        ),
        sa.CheckConstraint(
            "yes IS NULL OR (yes >= 0 AND no >= 0 AND blank >= 0)",
            name=op.f("ck_session_lines_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["line"], ["nominations.id"], name=op.f("fk_session_lines_line")
        ),
        sa.ForeignKeyConstraint(
            ["session"], ["council_sessions.id"], name=op.f("fk_session_lines_session")
        ),
        sa.PrimaryKeyConstraint("session", "line", name=op.f("pk_session_lines")),
    )
    op.create_table(
        "session_members",
        sa.Column("session", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("person", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "seat",
            sa.Enum(
                "chair",
                "vice_chair",
                "member",
                "secretary",
                name="seat",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.Column("present", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_session_members_person")
        ),
        sa.ForeignKeyConstraint(
            ["session"],
            ["council_sessions.id"],
            name=op.f("fk_session_members_session"),
        ),
        sa.PrimaryKeyConstraint("session", "person", name=op.f("pk_session_members")),
    )
    op.create_table(
        "decision_lines",
        sa.Column("decision", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("line", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "nominated",
                "eligible",
                "ineligible",
                "on_ballot",
                "council_passed",
                "council_failed",
                "council_downgraded",
                "deferred",
                "director_approved",
                "director_declined",
                "returned_to_council",
                "awarded",
                "forwarded_upward",
                "superior_awarded",
                "superior_declined",
                "superior_returned",
                "withdrawn",
                "on_hold",
                "revoked",
                "declined_by_awardee",
                name="linestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("forwarded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("answered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision"], ["decisions.id"], name=op.f("fk_decision_lines_decision")
        ),
        sa.ForeignKeyConstraint(
            ["line"], ["nominations.id"], name=op.f("fk_decision_lines_line")
        ),
        sa.PrimaryKeyConstraint("decision", "line", name=op.f("pk_decision_lines")),
    )


def downgrade() -> None:
    op.drop_table("decision_lines")
    op.drop_table("session_members")
    op.drop_table("session_lines")
    op.drop_table("dissents")
    op.drop_table("decisions")
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comments_phase"))

    op.drop_table("comments")
    op.drop_table("windows")
    op.drop_table("submissions")
    op.drop_table("reports")
    with op.batch_alter_table("nominations", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_nominations_live",
            sqlite_where=sa.text(
                "state NOT IN ('council_downgraded', 'council_failed', 'declined_by_awardee', 'director_declined', 'ineligible', 'revoked', 'superior_declined', 'withdrawn')"
            ),
            postgresql_where=sa.text(
                "state NOT IN ('council_downgraded', 'council_failed', 'declined_by_awardee', 'director_declined', 'ineligible', 'revoked', 'superior_declined', 'withdrawn')"
            ),
        )
        batch_op.drop_index(batch_op.f("ix_nominations_phase"))
        batch_op.drop_index(batch_op.f("ix_nominations_campaign"))

    op.drop_table("nominations")
    op.drop_table("nomination_moves")
    op.drop_table("drafts")
    op.drop_table("council_sessions")
    op.drop_table("act_payloads")
    with op.batch_alter_table("registrations", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_registrations_live",
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )

    op.drop_table("registrations")
    op.drop_table("phases")
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notices_recipient"))
        batch_op.drop_index(batch_op.f("ix_notices_campaign"))

    op.drop_table("notices")
    with op.batch_alter_table("deadlines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deadlines_campaign"))

    op.drop_table("deadlines")
    with op.batch_alter_table("commands", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_commands_waiting",
            sqlite_where=sa.text("state = 'received'"),
            postgresql_where=sa.text("state = 'received'"),
        )

    op.drop_table("commands")
    op.drop_table("chains")
    op.drop_table("acts")
    with op.batch_alter_table("service_spans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_spans_person"))
        batch_op.drop_index(batch_op.f("ix_service_spans_department"))

    op.drop_table("service_spans")
    with op.batch_alter_table("recognitions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recognitions_person"))

    op.drop_table("recognitions")
    with op.batch_alter_table("leaves", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_leaves_person"))

    op.drop_table("leaves")
    with op.batch_alter_table("disciplines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disciplines_person"))

    op.drop_table("disciplines")
    op.drop_table("council_seats")
    op.drop_table("campaigns")
    with op.batch_alter_table("appointments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointments_person"))

    op.drop_table("appointments")
    op.drop_table("stepped_clock")
    op.drop_table("ratings")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_sort_key"))

    op.drop_table("people")
    op.drop_table("leases")
    op.drop_table("ladder_steps")
    op.drop_table("departments")
    op.drop_table("calendar_overrides")
