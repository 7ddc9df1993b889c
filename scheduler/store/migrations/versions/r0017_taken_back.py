"""Feeds change with an invitation that is taken back too: the triggers are placed anew with it.

Revision ID: 0017
Revises: 0016
"""

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision. Every upgrade ends with placing the triggers as they now are."""


def downgrade() -> None:
    """Go back to the revision before."""
