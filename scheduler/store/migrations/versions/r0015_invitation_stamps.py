"""Feeds change with what becomes of an invitation: the triggers are placed anew with it.

Revision ID: 0015
Revises: 0014
"""

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision. Every upgrade ends with placing the triggers as they now are."""


def downgrade() -> None:
    """Go back to the revision before."""
