"""The schema's revision, and bringing an older database up to it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.exc import DBAPIError

from wfm.errors import WfmError
from wfm.messages import message
from wfm.persistence.failures import damaged
from wfm.persistence.tables import operation

REVISION = "0005"
"""The newest migration; a test compares it with the folder."""
FOLDER = Path(__file__).parent / "migrations"
KNOWN = tuple(sorted(path.name.split("_")[0] for path in (FOLDER / "versions").glob("0*.py")))


def revision_of(connection: Connection) -> str | None:
    """Return the database's revision, ``None`` for one without any table of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return None if row is None else str(row[0])


def needs_migration(connection: Connection, location: str) -> bool:
    """Tell whether the database is older; refuse one that is newer or no centre."""
    found = revision_of(connection)
    if found is None:
        raise WfmError(message("{file} is not a centre file.", file=location))
    if found not in KNOWN:
        raise WfmError(
            message(
                "{file} was written by a newer Toban (schema {revision}). Update this program to"
                " open it.",
                file=location,
                revision=found,
            )
        )
    return found != REVISION


def refuse_missing_tables(connection: Connection, location: str) -> None:
    """Refuse a current database whose tables or columns are not those of a centre."""
    try:
        for table in operation.metadata.sorted_tables:
            connection.execute(select(table).limit(0))
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise WfmError(damaged(location)) from error
        raise


def migrate(connection: Connection) -> None:
    """Bring a database (also an empty one) to the newest revision in the open transaction."""
    # Alembic takes a quarter of a second to import and is needed once per schema change
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, REVISION)
