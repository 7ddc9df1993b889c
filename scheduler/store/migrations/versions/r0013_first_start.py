"""At which clock time a moved meeting was to begin first; unknown where it was moved before this.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    # No constraint comes with it, so a table of many rows need not be made anew.
    op.add_column("meeting", sa.Column("moved_from_starts", sa.Time(), nullable=True))


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_column("meeting", "moved_from_starts")
