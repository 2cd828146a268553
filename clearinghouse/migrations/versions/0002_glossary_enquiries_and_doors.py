"""Glossary, crisis phrases, enquiries, doors, reading levels, and kinds of topic words."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "crisis_phrase",
        sa.Column("phrase", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("phrase", name=op.f("pk_crisis_phrase")),
    )
    op.create_table(
        "secret",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secret")),
    )
    _create_enquiries()
    op.create_table(
        "search_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("searches", sa.Integer(), nullable=False),
        sa.Column("nothing_found", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_search_day")),
    )
    op.create_table(
        "search_tally",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("searches", sa.Integer(), nullable=False),
        sa.Column("nothing_found", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_search_tally")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "glossary_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("word", sa.String(length=120), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["resource_id"],
            ["resource.id"],
            name=op.f("fk_glossary_entry_resource_id_resource"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glossary_entry")),
        sa.UniqueConstraint("slug", name=op.f("uq_glossary_entry_slug")),
    )
    op.create_index(op.f("ix_glossary_entry_accepted"), "glossary_entry", ["accepted"])
    op.create_index(op.f("ix_glossary_entry_resource_id"), "glossary_entry", ["resource_id"])
    # Never by copying a table that others hang on: SQLite would delete what hangs on the old one.
    op.add_column("collection", sa.Column("door", sa.String(length=20), nullable=True))
    op.create_index(op.f("ix_collection_door"), "collection", ["door"], unique=True)
    op.add_column("collection", sa.Column("made_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("collection", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("edition", sa.Column("schooling", sa.Double(), nullable=True))
    op.add_column("edition", sa.Column("schooling_said", sa.Integer(), nullable=True))
    op.add_column("help_line", sa.Column("checked_by", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("help_line") as help_line:
        help_line.alter_column("checked_by", server_default=None)
    op.add_column("topic_word", sa.Column("kind", sa.String(length=12), nullable=False, server_default="other"))
    op.execute("UPDATE topic_word SET kind = 'historical' WHERE historical")
    with op.batch_alter_table("topic_word") as topic_word:
        topic_word.alter_column("kind", server_default=None)
        topic_word.drop_column("historical")


def _create_enquiries() -> None:
    op.create_table(
        "enquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("form", sa.String(length=64), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=True),
        sa.Column("nickname", sa.Text(), nullable=False),
        sa.Column("reach", sa.Text(), nullable=False),
        sa.Column("may_leave_message", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry")),
        sa.UniqueConstraint("form", name=op.f("uq_enquiry_form")),
        sa.UniqueConstraint("reference", name=op.f("uq_enquiry_reference")),
    )
    op.create_index(op.f("ix_enquiry_status"), "enquiry", ["status"])
    op.create_table(
        "enquiry_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("collection_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collection.id"],
            name=op.f("fk_enquiry_note_collection_id_collection"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["enquiry_id"], ["enquiry.id"], name=op.f("fk_enquiry_note_enquiry_id_enquiry"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry_note")),
    )
    op.create_index(op.f("ix_enquiry_note_enquiry_id"), "enquiry_note", ["enquiry_id"])


def downgrade() -> None:
    op.add_column("topic_word", sa.Column("historical", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(sa.text("UPDATE topic_word SET historical = :yes WHERE kind <> 'other'").bindparams(yes=True))
    with op.batch_alter_table("topic_word") as topic_word:
        topic_word.alter_column("historical", server_default=None)
        topic_word.drop_column("kind")
    op.drop_column("help_line", "checked_by")
    op.drop_column("edition", "schooling_said")
    op.drop_column("edition", "schooling")
    op.drop_index(op.f("ix_collection_door"), table_name="collection")
    op.drop_column("collection", "withdrawn_at")
    op.drop_column("collection", "made_at")
    op.drop_column("collection", "door")
    op.drop_index(op.f("ix_glossary_entry_resource_id"), table_name="glossary_entry")
    op.drop_index(op.f("ix_glossary_entry_accepted"), table_name="glossary_entry")
    op.drop_table("glossary_entry")
    op.drop_index(op.f("ix_enquiry_note_enquiry_id"), table_name="enquiry_note")
    op.drop_table("enquiry_note")
    op.drop_index(op.f("ix_enquiry_status"), table_name="enquiry")
    op.drop_table("enquiry")
    op.drop_table("search_tally")
    op.drop_table("search_day")
    op.drop_table("secret")
    op.drop_table("crisis_phrase")
