"""When the record of each resource last changed, and what is left of those that were discarded."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tombstone",
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("groups", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_tombstone")),
    )
    op.create_index("ix_tombstone_changed_at_slug", "tombstone", ["changed_at", "slug"])
    # The default stays: to take it away, SQLite would copy the table, and delete what hangs on the old one.
    stamp = sa.Column(
        "changed_at", sa.DateTime(timezone=True), nullable=False, server_default="1970-01-01 00:00:00"
    )
    op.add_column("resource", stamp)
    op.execute("UPDATE resource SET changed_at = updated_at")
    op.create_index("ix_resource_changed_at_slug", "resource", ["changed_at", "slug"])


def downgrade() -> None:
    op.drop_index("ix_resource_changed_at_slug", table_name="resource")
    op.drop_column("resource", "changed_at")
    op.drop_index("ix_tombstone_changed_at_slug", table_name="tombstone")
    op.drop_table("tombstone")
