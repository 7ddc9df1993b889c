"""How a mail is treated, what it was merged into, and indexes that fit the claim.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_DUE = sa.text("state = 'scheduled'")
_DUE_BEFORE = sa.text("state IN ('scheduled', 'leased', 'sending')")
_IN_HAND = sa.text("state IN ('leased', 'sending')")
_TO_SHOW = sa.text("state IN ('uncertain', 'failed')")


def upgrade() -> None:
    """Go to this revision."""
    op.add_column(
        "outbox", sa.Column("mail_class", sa.String(), nullable=False, server_default="nag")
    )
    op.add_column("outbox", sa.Column("resends", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("merged_into", sa.Integer(), nullable=True))
    for index in ("outbox_due", "ix_outbox_state", "ix_outbox_municipality_id"):
        op.drop_index(index, table_name="outbox")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.alter_column("mail_class", server_default=None)
        batch_op.alter_column("resends", server_default=None)
    _partial("outbox_due", ["next_at", "priority"], _DUE)
    _partial("outbox_in_hand", ["lease_until"], _IN_HAND)
    _partial("outbox_to_show", ["municipality_id"], _TO_SHOW)
    op.create_index("outbox_municipality", "outbox", ["municipality_id", "due_at"])
    op.create_index("outbox_person", "outbox", ["person_id", "message_at"])
    op.create_index("outbox_merged_into", "outbox", ["merged_into"])


def downgrade() -> None:
    """Go back to the revision before."""
    for index in (
        "outbox_merged_into",
        "outbox_person",
        "outbox_municipality",
        "outbox_to_show",
        "outbox_in_hand",
        "outbox_due",
    ):
        op.drop_index(index, table_name="outbox")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("merged_into")
        batch_op.drop_column("resends")
        batch_op.drop_column("mail_class")
    _partial("outbox_due", ["next_at", "priority"], _DUE_BEFORE)
    op.create_index("ix_outbox_state", "outbox", ["state"])
    op.create_index("ix_outbox_municipality_id", "outbox", ["municipality_id"])


def _partial(name: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, "outbox", columns, sqlite_where=where, postgresql_where=where)
