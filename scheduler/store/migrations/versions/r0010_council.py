"""Which calendar a council date came from, and which of them a report is treated at.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    with op.batch_alter_table("councildate") as batch_op:
        batch_op.add_column(sa.Column("calendar_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            "fk_councildate_calendar", "importedcalendar", ["calendar_id"], ["id"]
        )
    # Until now a date from a calendar had the calendar's name where the body's should be.
    op.execute(
        "UPDATE councildate SET calendar_id ="
        " (SELECT MIN(importedcalendar.id) FROM importedcalendar"
        " WHERE importedcalendar.municipality_id = councildate.municipality_id"
        " AND importedcalendar.name = councildate.body"
        " AND importedcalendar.closed_kind IS NULL)"
    )
    op.execute("UPDATE councildate SET body = 'kommunestyret' WHERE calendar_id IS NOT NULL")
    # No constraint comes with these, so a table of many rows need not be made anew.
    op.add_column("duty", sa.Column("treated_on", sa.Date(), nullable=True))
    op.add_column("duty", sa.Column("treated_by", sa.String(), nullable=True))


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_column("duty", "treated_by")
    op.drop_column("duty", "treated_on")
    op.execute(
        "UPDATE councildate SET body ="
        " (SELECT importedcalendar.name FROM importedcalendar"
        " WHERE importedcalendar.id = councildate.calendar_id)"
        " WHERE calendar_id IS NOT NULL"
    )
    with op.batch_alter_table("councildate") as batch_op:
        batch_op.drop_constraint("fk_councildate_calendar", type_="foreignkey")
        batch_op.drop_column("calendar_id")
