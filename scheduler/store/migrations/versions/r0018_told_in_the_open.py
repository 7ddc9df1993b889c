"""Whether a calendar message told what a forum that speaks of no single cases shows.

Of what went before this, a room counts as told so whatever its forum is now: nobody knows what it
was then, and it is asked once more without a name. People count as told by what their forum is.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    # With a constant default a table of many rows need not be made anew.
    op.add_column(
        "invitation",
        sa.Column("in_the_open", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.execute(
        "UPDATE invitation SET in_the_open = true WHERE person_id IS NULL OR EXISTS ("
        "SELECT 1 FROM meeting JOIN forum ON forum.id = meeting.forum_id"
        " WHERE meeting.id = invitation.meeting_id AND forum.level = 'system')"
    )


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_column("invitation", "in_the_open")
