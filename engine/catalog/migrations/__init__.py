"""The history of the tables: each file of `versions` makes one revision from the one before."""

from functools import cache
from pathlib import Path

from sqlalchemy import Connection

from engine.catalog.triggers import drop_triggers, make_triggers

FOLDER = Path(__file__).parent


@cache
def revisions() -> tuple[str, ...]:
    """Return all revisions, oldest first: the number that each file's name begins with.

    Read from the names, so that a start with nothing to migrate imports no Alembic.
    """
    return tuple(sorted(file.name[:4] for file in (FOLDER / "versions").glob("[0-9]*.py")))


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Migrate within the connection's transaction; it is the caller's to commit.

    The triggers rest meanwhile, and are made anew at the head.
    """
    from alembic import command  # noqa: PLC0415 - see `revisions`
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    drop_triggers(connection)
    command.upgrade(config, revision)
    if revision == "head":
        make_triggers(connection)
