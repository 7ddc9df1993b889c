"""Calendars.

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
    op.create_table(
        "feedsource",
        sa.Column("view", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("view", "source"),
    )
    op.create_table(
        "feedstamp",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source"),
    )
    op.create_table(
        "keptentrybytes",
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("uid", "form"),
    )
    op.create_table(
        "keptfeed",
        sa.Column("view", sa.String(), nullable=False),
        sa.Column("program", sa.String(), nullable=False),
        sa.Column("stamps", sa.BigInteger(), nullable=False),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("valid_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("view"),
    )
    op.create_table(
        "importedcalendar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("closed_kind", sa.String(length=40), nullable=True),
        sa.Column("waiting", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("applied", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("importedcalendar", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_importedcalendar_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "feedtoken",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("view", sa.String(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("forum_id", sa.Integer(), nullable=True),
        sa.Column("with_duties", sa.Boolean(), nullable=False),
        sa.Column("with_cancelled", sa.Boolean(), nullable=False),
        sa.Column("detail", sa.String(length=40), nullable=False),
        sa.Column("alarm", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fetched_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["forum_id"],
            ["forum.id"],
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["position.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    with op.batch_alter_table("feedtoken", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_feedtoken_municipality_id"), ["municipality_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_feedtoken_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_feedtoken_view"), ["view"], unique=False)


def downgrade() -> None:
    """Go back to the revision before."""
    with op.batch_alter_table("feedtoken", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feedtoken_view"))
        batch_op.drop_index(batch_op.f("ix_feedtoken_owner_id"))
        batch_op.drop_index(batch_op.f("ix_feedtoken_municipality_id"))

    op.drop_table("feedtoken")
    with op.batch_alter_table("importedcalendar", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_importedcalendar_municipality_id"))

    op.drop_table("importedcalendar")
    op.drop_table("keptfeed")
    op.drop_table("keptentrybytes")
    op.drop_table("feedstamp")
    op.drop_table("feedsource")
