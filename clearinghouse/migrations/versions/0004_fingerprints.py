"""Fingerprints of texts, by which nearly the same text is found again."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fingerprint",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("places", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_fingerprint_edition_id_edition"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_fingerprint")),
    )
    op.create_table(
        "fingerprint_band",
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_fingerprint_band_edition_id_edition"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("value", "edition_id", name=op.f("pk_fingerprint_band")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_fingerprint_band_edition_id"), "fingerprint_band", ["edition_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_fingerprint_band_edition_id"), table_name="fingerprint_band")
    op.drop_table("fingerprint_band")
    op.drop_table("fingerprint")
