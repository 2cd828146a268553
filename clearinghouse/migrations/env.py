"""How Alembic runs here: on the connection that `Database.migrate` already holds in a transaction."""

from alembic import context

from clearinghouse.models import Resource

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Resource.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
