"""Rounds of the proposed dates.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "dateround",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("year_plan_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"]),
        sa.ForeignKeyConstraint(["year_plan_id"], ["yearplan.id"]),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_dateround_municipality_id", "dateround", ["municipality_id"])
    op.create_index("ix_dateround_year_plan_id", "dateround", ["year_plan_id"])
    op.create_table(
        "daterounddate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("monthly_guests", sa.Boolean(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["dateround.id"]),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("round_id", "forum_id", "unit_id", "number"),
    )
    op.create_index("ix_daterounddate_round_id", "daterounddate", ["round_id"])
    op.create_table(
        "dateroundperson",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["dateround.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("round_id", "person_id"),
    )
    op.create_index("ix_dateroundperson_round_id", "dateroundperson", ["round_id"])
    op.create_index("ix_dateroundperson_person_id", "dateroundperson", ["person_id"])
    op.create_table(
        "dateroundlink",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asked_id"], ["dateroundperson.id"]),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index("ix_dateroundlink_asked_id", "dateroundlink", ["asked_id"])
    op.create_table(
        "dateroundanswer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=False),
        sa.Column("date_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["asked_id"], ["dateroundperson.id"]),
        sa.ForeignKeyConstraint(["date_id"], ["daterounddate.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("asked_id", "date_id"),
    )
    op.create_index("ix_dateroundanswer_asked_id", "dateroundanswer", ["asked_id"])
    op.create_index("ix_dateroundanswer_date_id", "dateroundanswer", ["date_id"])


def downgrade() -> None:
    """Go back to the revision before."""
    for table in (
        "dateroundanswer",
        "dateroundlink",
        "dateroundperson",
        "daterounddate",
        "dateround",
    ):
        op.drop_table(table)
