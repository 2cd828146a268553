"""What was asked of each attempt, what outside links answered, and which drafts were passed over in review."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ingestion", sa.Column("asked", sa.JSON(), nullable=True))
    op.add_column("resource", sa.Column("put_off_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "link_check",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("moved_to", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failing_since", sa.Date(), nullable=True),
        sa.Column("failed_days", sa.Integer(), nullable=False),
        sa.Column("ask_after", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_link_check")),
    )
    op.create_index(op.f("ix_link_check_outcome"), "link_check", ["outcome"])


def downgrade() -> None:
    op.drop_index(op.f("ix_link_check_outcome"), table_name="link_check")
    op.drop_table("link_check")
    op.drop_column("resource", "put_off_at")
    op.drop_column("ingestion", "asked")
