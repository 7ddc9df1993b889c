"""Who of several holders has a duty, and who asked for text messages.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.add_column(sa.Column("named_person_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("duty_named_person", "person", ["named_person_id"], ["id"])
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("texts_asked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Go back to the revision before."""
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("texts_asked_at")
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.drop_constraint("duty_named_person", type_="foreignkey")
        batch_op.drop_column("named_person_id")
