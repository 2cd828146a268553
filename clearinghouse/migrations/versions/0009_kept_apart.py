"""Resources that are nearly the same, and of which a curator said that they are not the same."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_apart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["one_id"], ["resource.id"], name=op.f("fk_kept_apart_one_id_resource"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["resource.id"], name=op.f("fk_kept_apart_other_id_resource"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_apart")),
        sa.UniqueConstraint("one_id", "other_id", name="uq_kept_apart_one_id"),
    )
    op.create_index(op.f("ix_kept_apart_other_id"), "kept_apart", ["other_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_kept_apart_other_id"), table_name="kept_apart")
    op.drop_table("kept_apart")
