"""How well each page was read and by what, and who told what is known of a resource."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("page", sa.Column("quality", sa.Double(), nullable=True))
    op.add_column("page", sa.Column("read_by", sa.String(10), nullable=False, server_default=""))
    # The defaults stay: to take them away, SQLite would copy the table, and delete what hangs on the old one.
    op.add_column("resource", sa.Column("keywords", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("resource", sa.Column("told_by", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("resource", "told_by")
    op.drop_column("resource", "keywords")
    op.drop_column("page", "read_by")
    op.drop_column("page", "quality")
