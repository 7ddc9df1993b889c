"""The words that the place of a forum had before while its room was the same.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    # With a constant default the table need not be made anew.
    op.add_column(
        "forum", sa.Column("earlier_places", sa.JSON(), server_default="[]", nullable=False)
    )


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_column("forum", "earlier_places")
