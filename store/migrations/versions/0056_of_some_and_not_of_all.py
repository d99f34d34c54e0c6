"""Of a department, of some people or of a rating, rows are found by an index."""

from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

_INDEXES = {
    "ix_nominations_department": ("nominations", ["phase", "department"]),
    "ix_ratings_level": ("ratings", ["year", "kind", "level"]),
    "ix_registrations_subject": ("registrations", ["campaign", "subject"]),
}


def upgrade() -> None:
    for name, (table, columns) in _INDEXES.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, (table, _) in _INDEXES.items():
        op.drop_index(name, table)
