"""A superior's results are posted too: each posting of a decision stands by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("postings") as postings:
        postings.add_column(
            sa.Column("number", sa.Integer(), nullable=False, server_default="1")
        )
        postings.drop_constraint("pk_postings", type_="primary")
        postings.create_primary_key("pk_postings", ["decision", "number"])
    with op.batch_alter_table("postings") as postings:
        postings.alter_column("number", server_default=None)
    op.add_column("decision_lines", sa.Column("answered_on", sa.Date()))
    op.add_column("decision_lines", sa.Column("posting", sa.Integer()))
    # Until now a posting was of what the office itself had granted.
    op.execute(
        "UPDATE decision_lines SET posting = 1 WHERE outcome = 'director_approved' "
        "AND decision IN (SELECT decision FROM postings) "
        "AND line IN (SELECT id FROM nominations WHERE state = 'awarded' "
        "AND NOT secret)"
    )


def downgrade() -> None:
    op.drop_column("decision_lines", "posting")
    op.drop_column("decision_lines", "answered_on")
    op.execute("DELETE FROM postings WHERE number > 1")
    with op.batch_alter_table("postings") as postings:
        postings.drop_constraint("pk_postings", type_="primary")
        postings.create_primary_key("pk_postings", ["decision"])
        postings.drop_column("number")
