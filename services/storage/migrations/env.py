"""Runs the migrations on the connection that `care.upgrade` has opened and will commit."""

from alembic import context

from services.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
