"""Who changed what of a topic; and what is about a narrower topic is found under the broader."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_BENEATH = """
INSERT INTO change (resource_id, at) SELECT DISTINCT resource_topic.resource_id, CURRENT_TIMESTAMP
FROM resource_topic JOIN topic ON topic.id = resource_topic.topic_id WHERE topic.broader_id IS NOT NULL
"""


def upgrade() -> None:
    op.create_table(
        "topic_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_event")),
    )
    op.create_index(op.f("ix_topic_event_slug"), "topic_event", ["slug"])
    # The index has such resources under their own topics alone; each leaves word that it is to be written again.
    op.execute(_BENEATH)


def downgrade() -> None:
    op.drop_index(op.f("ix_topic_event_slug"), table_name="topic_event")
    op.drop_table("topic_event")
