"""What collectives were granted before this service stands beside that of people."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_OF_ONE = op.f("ck_past_awards_of_one_subject")
_DEPARTMENT = op.f("fk_past_awards_department_departments")
_ONCE = op.f("uq_past_awards_department_title_year")


def upgrade() -> None:
    with op.batch_alter_table("past_awards") as awards:
        awards.alter_column("person", existing_type=_TEXT(), nullable=True)
        awards.add_column(sa.Column("department", _TEXT(), nullable=True))
        awards.create_foreign_key(_DEPARTMENT, "departments", ["department"], ["code"])
        awards.create_unique_constraint(_ONCE, ["department", "title", "year"])
        awards.create_check_constraint(
            _OF_ONE, "(person IS NULL) <> (department IS NULL)"
        )


def downgrade() -> None:
    op.execute("DELETE FROM past_awards WHERE department IS NOT NULL")
    with op.batch_alter_table("past_awards") as awards:
        awards.drop_constraint(_OF_ONE, type_="check")
        awards.drop_constraint(_ONCE, type_="unique")
        awards.drop_constraint(_DEPARTMENT, type_="foreignkey")
        awards.drop_column("department")
        awards.alter_column("person", existing_type=_TEXT(), nullable=False)
