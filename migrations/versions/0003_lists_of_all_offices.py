"""Lists of all offices by state and by category, each from an index of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('received', 'in_review', 'awaiting_supplement', 'inspection', 'recommended')")
ENDED = sa.text("state IN ('decided', 'closed', 'withdrawn', 'returned')")
BY_CATEGORY = {"ix_case_open_category": OPEN, "ix_case_ended_category": ENDED}


def upgrade() -> None:
    op.drop_index("ix_case_state", table_name="case")
    op.create_index("ix_case_state", "case", ["state", "due_on", "id"])
    for name, only in BY_CATEGORY.items():
        columns = ["category", "due_on", "id"]
        op.create_index(name, "case", columns, sqlite_where=only, postgresql_where=only)


def downgrade() -> None:
    for name in BY_CATEGORY:
        op.drop_index(name, table_name="case")
    op.drop_index("ix_case_state", table_name="case")
    op.create_index("ix_case_state", "case", ["state", "office_id"])
