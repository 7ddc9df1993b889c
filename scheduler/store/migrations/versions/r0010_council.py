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
    # Added without making the table anew: its triggers count the changes of the feeds.
    op.add_column("duty", sa.Column("treated_on", sa.Date(), nullable=True))
    op.add_column("duty", sa.Column("treated_by", sa.String(), nullable=True))
