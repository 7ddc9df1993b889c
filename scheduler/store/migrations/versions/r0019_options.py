"""When a subscription came to write its entries another way, which they say themselves.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    # No constraint comes with it, so the table need not be made anew.
    op.add_column(
        "feedtoken", sa.Column("options_changed_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_column("feedtoken", "options_changed_at")
