"""What a room's own calendar answered to the message that asked for it.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    # No constraint comes with it, so a table of many rows need not be made anew.
    op.add_column("invitation", sa.Column("answer", sa.String(), nullable=True))
    op.add_column("invitation", sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_column("invitation", "answered_at")
    op.drop_column("invitation", "answer")
