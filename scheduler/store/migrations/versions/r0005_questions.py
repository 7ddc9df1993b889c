"""The questions a plan leaves open.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    with op.batch_alter_table("plan") as batch:
        batch.add_column(sa.Column("questions", sa.JSON(), nullable=False, server_default="[]"))
        batch.alter_column("questions", server_default=None)


def downgrade() -> None:
    """Go back to the revision before."""
    with op.batch_alter_table("plan") as batch:
        batch.drop_column("questions")
