"""Run by Alembic: migrates the connection that `migrations.upgrade` hands over."""

from alembic import context

from engine.catalog.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
)
context.run_migrations()
