"""The database: migrations, transactions, and what it says when it cannot be used."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, select, text

from clearinghouse import database, facts
from clearinghouse.database import HEAD, Database, as_the_driver_has_it
from clearinghouse.errors import BadSetting, Occupied, StorageFailed
from clearinghouse.models import Change, CollectionItem, HelpLine, Topic, TopicWord
from clearinghouse.orm import Base

_OF_THE_FIRST_VERSION = """
INSERT INTO resource (id, slug, title, summary, organisation, jurisdiction, licence, link, content_notes,
    identifiers, details, status, withdrawn_reason, curated, guessed, created_at, updated_at)
    VALUES (1, 'guide', 'Guide', '', '', '', '', '', '[]', '{}', '{}', 'draft', '', '[]', '{}',
    '2026-01-01 00:00:00', '2026-01-01 00:00:00');
INSERT INTO edition (id, resource_id, key, form, label, location, link, page_count, word_count, warnings,
    updated_at) VALUES (1, 1, 'full-en', 'full', '', '', '', 0, 0, '[]', '2026-01-01 00:00:00');
INSERT INTO collection (id, slug, title, description, kind) VALUES (1, 'shelf', 'Shelf', '', 'shelf');
INSERT INTO collection_item (collection_id, resource_id, position, note) VALUES (1, 1, 1, 'Begin here');
INSERT INTO topic (id, slug, preferred, scope_note) VALUES (1, 'consumer', 'Consumer', '');
INSERT INTO topic (id, slug, preferred, scope_note, broader_id) VALUES (2, 'consultant', 'Consultant', '', 1);
INSERT INTO resource_topic (resource_id, topic_id) VALUES (1, 2);
INSERT INTO topic_word (topic_id, word, historical) VALUES (1, 'service user', 0), (1, 'patient', 1);
INSERT INTO help_line (id, name, position, number, text_number, hours, jurisdiction, who, link, source, always)
    VALUES (1, 'Emergency', 1, '000', '', '24/7', 'National', '', '', 'https://example.org', 1)
"""


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(database._MIGRATIONS))
    return ScriptDirectory.from_config(config)


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_migrations_make_exactly_what_the_models_say(tmp_path: Path) -> None:
    migrated = Database(f"sqlite:///{tmp_path / 'migrated.db'}")
    with migrated._writing_engine.begin() as connection:
        database._upgrade(connection)
    with migrated.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    assert migrated.version() == HEAD
    migrated.close()


def test_a_new_library_has_the_tables_that_migrations_would_have_made(tmp_path: Path) -> None:
    new, migrated = (Database(f"sqlite:///{tmp_path / name}.db") for name in ("new", "migrated"))
    assert new.migrate() is True
    assert new.migrate() is False
    with migrated._writing_engine.begin() as connection:
        database._upgrade(connection)
    tables = []
    for made in (new, migrated):
        with made.engine.connect() as connection:
            seen = inspect(connection)
            tables.append(
                {
                    table: (
                        sorted((column["name"], str(column["type"])) for column in seen.get_columns(table)),
                        sorted(str(each) for each in seen.get_indexes(table)),
                        sorted(str(each) for each in seen.get_foreign_keys(table)),
                        sorted(str(each) for each in seen.get_unique_constraints(table)),
                    )
                    for table in seen.get_table_names()
                    if table != "alembic_version"
                }
            )
        made.close()
    assert tables[0] == tables[1]
    assert tables[0].keys() == Base.metadata.tables.keys()


def test_the_newest_migration_is_the_one_the_program_wants() -> None:
    assert _scripts().get_current_head() == HEAD


def test_each_migration_can_be_undone(tmp_path: Path) -> None:
    from alembic import command

    engine = create_engine(f"sqlite:///{tmp_path / 'library.db'}")
    config = Config()
    config.set_main_option("script_location", str(database._MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        assert _tables(connection) == set(Base.metadata.tables)
        for _ in _scripts().walk_revisions():
            command.downgrade(config, "-1")
        assert _tables(connection) == set()
    engine.dispose()


def test_a_library_of_the_first_version_keeps_all_it_holds_when_its_tables_change(tmp_path: Path) -> None:
    from alembic import command

    old = Database(f"sqlite:///{tmp_path / 'library.db'}")
    config = Config()
    config.set_main_option("script_location", str(database._MIGRATIONS))
    with old._writing_engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in _OF_THE_FIRST_VERSION.split(";"):
            connection.execute(text(statement))
    assert old.migrate() is False
    with old.reading() as session:
        (item,) = session.scalars(select(CollectionItem))
        assert (item.collection.title, item.resource.title, item.note) == ("Shelf", "Guide", "Begin here")
        assert [edition.key for edition in item.resource.editions] == ["full-en"]
        words = {each.word: each.kind for each in session.scalars(select(TopicWord))}
        assert words == {"service user": "other", "patient": "historical"}
        assert session.scalars(select(HelpLine)).one().checked_by == ""
        waiting = session.scalars(select(Change.resource_id)).all()
        assert waiting == [1], "what is about a narrower topic is indexed under the broader one too"
    old.close()


def test_two_processes_may_make_the_same_library_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'library.db'}"
    failures: list[BaseException] = []

    def make() -> None:
        try:
            made = Database(url)
            made.migrate()
            facts.load_into_empty(made)
            made.close()
        except BaseException as problem:
            failures.append(problem)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    made = Database(url)
    with made.reading() as session:
        names = [line.name for line in session.query(HelpLine)]
        slugs = [topic.slug for topic in session.query(Topic)]
    made.close()
    assert len(names) == len(set(names)) > 3
    assert len(slugs) == len(set(slugs)) > 10


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path / 'library.db'}")
    made.migrate()

    def fail_half_way() -> None:
        with made.writing() as session:
            session.add(Topic(slug="hope", preferred="Hope"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    with made.reading() as session:
        assert session.query(Topic).count() == 0
    made.close()


def test_a_second_writer_waits_and_then_says_who_is_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_PATIENCE", 0.2)
    made = Database(f"sqlite:///{tmp_path / 'library.db'}")
    made.migrate()

    def write(slug: str) -> None:
        with made.writing() as session:
            session.add(Topic(slug=slug, preferred=slug))

    with made.writing() as session:
        session.add(Topic(slug="hope", preferred="Hope"))
        session.flush()
        with pytest.raises(Occupied, match="Another command or a backup is writing"):
            write("stigma")
    write("mutuality")
    with made.reading() as session:
        assert {topic.slug for topic in session.query(Topic)} == {"hope", "mutuality"}
    made.close()


def test_what_a_driver_refuses_is_the_same_sentence_as_elsewhere(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path / 'library.db'}")
    made.migrate()
    with made.reading() as session:
        assert as_the_driver_has_it(session, "SELECT ?, count(*) FROM topic WHERE slug = ?", ["a", "b"]) == [
            ("a", 0)
        ]
    with pytest.raises(StorageFailed, match="cannot be used: no such table"), made.reading() as session:
        as_the_driver_has_it(session, "SELECT * FROM nowhere", [])
    with made.reading() as session:
        assert session.query(Topic).count() == 0
    made.close()


def test_a_file_that_is_no_database_is_said_to_be_damaged(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"this is not a database " * 100)
    made = Database(f"sqlite:///{tmp_path / 'library.db'}")
    with pytest.raises(StorageFailed, match="damaged"):
        made.migrate()
    made.close()


def test_a_disk_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path / 'stick' / 'library.db'}")
    with pytest.raises(StorageFailed, match="cannot be opened; check that its disk is there"):
        made.version()
    made.close()


def test_a_full_disk_is_one_sentence_and_the_library_stays_whole(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path / 'library.db'}")
    made.migrate()

    def fill() -> None:
        with made.writing() as session:
            pages = session.execute(text("PRAGMA page_count")).scalar()
            session.execute(text(f"PRAGMA max_page_count = {pages}"))
            session.add(Topic(slug="long", preferred="word " * 200_000))

    with pytest.raises(StorageFailed, match="full"):
        fill()
    with made.reading() as session:
        assert session.query(Topic).count() == 0
    made.close()


@pytest.mark.parametrize("url", ["nonsense", "no-such-database:///x"])
def test_a_database_url_that_cannot_be_understood_is_refused(url: str) -> None:
    with pytest.raises(BadSetting, match="CLEARINGHOUSE_DATABASE"):
        Database(url)


def test_a_database_from_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path / 'library.db'}")
    made.migrate()
    with made.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageFailed, match="newer version"):
        made.migrate()
    assert made.version() == "9999"
    made.close()
