"""When the calendar entry of a meeting or a duty came to say something else by another's change.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    # No constraint comes with it, so a table of many rows need not be made anew.
    op.add_column("duty", sa.Column("reworded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("meeting", sa.Column("reworded_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_column("meeting", "reworded_at")
    op.drop_column("duty", "reworded_at")
