"""The database of a centre: one SQLite file, or PostgreSQL; the only package that knows SQLAlchemy.

Values of the model go in and come out; every change is written with its operation in the log.
"""

from wfm.persistence.backups import (
    backup,
    backup_copies,
    backup_folder,
    check_copy,
    rescue,
    restore,
)
from wfm.persistence.database import Database, create_database, open_database
from wfm.persistence.kinds import KINDS, Kind, kind_named, kind_of
from wfm.persistence.log import erase_payload, head, verify
from wfm.persistence.store import Store
from wfm.persistence.undo import undo
from wfm.persistence.unit import UNSEEN, Unit

__all__ = [
    "KINDS",
    "UNSEEN",
    "Database",
    "Kind",
    "Store",
    "Unit",
    "backup",
    "backup_copies",
    "backup_folder",
    "check_copy",
    "create_database",
    "erase_payload",
    "head",
    "kind_named",
    "kind_of",
    "open_database",
    "rescue",
    "restore",
    "undo",
    "verify",
]
