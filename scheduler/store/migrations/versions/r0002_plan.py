"""The plan and its forums.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "forum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("level_words", sa.String(), nullable=True),
        sa.Column("mandate", sa.String(), nullable=True),
        sa.Column("rhythm_words", sa.String(), nullable=True),
        sa.Column("cadence", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("adjustable", sa.Boolean(), nullable=False),
        sa.Column("anchor_on", sa.Date(), nullable=True),
        sa.Column("weekday", sa.String(), nullable=True),
        sa.Column("starts", sa.Time(), nullable=True),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("room_email", sa.String(), nullable=True),
        sa.Column("minutes_rule", sa.String(length=40), nullable=False),
        sa.Column("minutes_words", sa.String(), nullable=True),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("minutes_days", sa.Integer(), nullable=False),
        sa.Column("agenda", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("closed_kinds", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("on_closed", sa.String(length=40), nullable=False),
        sa.Column("per_unit", sa.String(length=40), nullable=True),
        sa.Column("units", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("dates_set_by", sa.String(length=40), nullable=False),
        sa.Column("elected", sa.Boolean(), nullable=False),
        sa.Column("chosen", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("source_lines", sa.String(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("municipality_id", "slug"),
    )
    with op.batch_alter_table("forum", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_forum_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "forumlink",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("from_forum_id", sa.Integer(), nullable=False),
        sa.Column("to_forum_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("days_chosen", sa.Boolean(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("source_lines", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["from_forum_id"],
            ["forum.id"],
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
        ),
        sa.ForeignKeyConstraint(
            ["to_forum_id"],
            ["forum.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("from_forum_id", "to_forum_id", "kind", "item"),
    )
    with op.batch_alter_table("forumlink", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_forumlink_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=True),
        sa.Column("level_words", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("target_group", sa.String(), nullable=True),
        sa.Column("protective_factor", sa.String(), nullable=True),
        sa.Column("responsible", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("rhythm_words", sa.String(), nullable=True),
        sa.Column("cadence", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("evaluation_words", sa.String(), nullable=True),
        sa.Column("evaluation_cadence", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("source_lines", sa.String(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["position.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("municipality_id", "slug"),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_measure_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("owner_position_id", sa.Integer(), nullable=True),
        sa.Column("shared_with", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("rules", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("questions", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
        ),
        sa.ForeignKeyConstraint(
            ["owner_position_id"],
            ["position.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("municipality_id"),
    )
    op.create_table(
        "recurringduty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("per_service", sa.Boolean(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=True),
        sa.Column("rhythm_words", sa.String(), nullable=True),
        sa.Column("cadence", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("due_month", sa.Integer(), nullable=True),
        sa.Column("due_day", sa.Integer(), nullable=True),
        sa.Column("last_done_on", sa.Date(), nullable=True),
        sa.Column("reports_to", sa.String(), nullable=True),
        sa.Column("legal_basis", sa.String(), nullable=True),
        sa.Column("switched_off_because", sa.String(), nullable=True),
        sa.Column("source_lines", sa.String(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["forum_id"],
            ["forum.id"],
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["position.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("municipality_id", "slug"),
    )
    with op.batch_alter_table("recurringduty", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recurringduty_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("function", sa.String(length=40), nullable=False),
        sa.Column("attends", sa.String(length=40), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["forum_id"],
            ["forum.id"],
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["position.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("forum_id", "position_id", "function", "unit_id"),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_forum_id"), ["forum_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_seat_position_id"), ["position_id"], unique=False)


def downgrade() -> None:
    """Go back to the revision before."""
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seat_position_id"))
        batch_op.drop_index(batch_op.f("ix_seat_forum_id"))

    op.drop_table("seat")
    with op.batch_alter_table("recurringduty", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recurringduty_municipality_id"))

    op.drop_table("recurringduty")
    op.drop_table("plan")
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_municipality_id"))

    op.drop_table("measure")
    with op.batch_alter_table("forumlink", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forumlink_municipality_id"))

    op.drop_table("forumlink")
    with op.batch_alter_table("forum", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forum_municipality_id"))

    op.drop_table("forum")
