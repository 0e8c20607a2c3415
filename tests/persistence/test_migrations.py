"""The migrations build what the program expects, and bring every released schema up to date."""

from __future__ import annotations

import ast
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, MetaData, Table

from tests.persistence.conftest import Server, ticking_clock
from tests.persistence.test_backups import copies
from tests.persistence.test_store import put
from tests.persistence.test_undo import state
from tests.persistence.values import decided, one_of_each
from wfm.errors import WfmError
from wfm.model.codec import to_json
from wfm.model.request import Request
from wfm.persistence import (
    KINDS,
    Database,
    check_copy,
    create_database,
    kind_of,
    open_database,
    schema,
    undo,
    verify,
)
from wfm.persistence.kinds import Kind
from wfm.persistence.tables import operation

RELEASED: tuple[str, ...] = ("0001",)
"""Every schema that a release has written into users' files."""
SINCE = {"request": "0002", "centre_rule": "0005"}
"""Stored kinds that came after the first schema, with the schema that brought them."""
LATER = {
    ("site", "aims"): "0003",
    **dict.fromkeys(
        [
            ("run_record", name)
            for name in (
                "made_at", "made_by", "week_hash", "request", "rule_set", "rules", "weights",
                "figures", "before", "duties",
            )
        ],
        "0003",
    ),
    **dict.fromkeys(
        [
            *(
                ("contract", name)
                for name in (
                    "four_week_minutes_min", "four_week_minutes_max", "month_minutes_min",
                    "month_minutes_max", "four_week_rest", "rotation", "rotation_start",
                )
            ),
            *(
                ("agent", name)
                for name in ("first_percent", "full_speed_on", "mentor", "rotation_start")
            ),
            ("shift_kind", "break_gap"),
            ("site", "four_weeks_from"),
        ],
        "0004",
    ),
    **dict.fromkeys(
        [
            ("balance", name)
            for name in ("holiday_days", "late_days", "night_days", "refused_wishes")
        ],
        "0005",
    ),
}  # fmt: skip
"""Columns of earlier kinds that came later, with the schema that brought them."""

NEXT = '''"""A later schema, for the test."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("team", sa.Column("floor", sa.Integer(), nullable=True))
    {more}
'''


def test_the_schema_of_the_migrations_equals_the_tables_of_the_program(centre: Database) -> None:
    with centre.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, operation.metadata) == []


def test_there_is_one_line_of_revisions_and_it_ends_where_the_program_says() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.FOLDER))
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [schema.REVISION]
    revisions = [item.revision for item in script.walk_revisions()]
    assert sorted(revisions) == list(schema.KNOWN)
    assert set(RELEASED) <= set(revisions)


def test_migrations_import_nothing_of_the_living_model() -> None:
    for path in schema.FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                module = node.module or ""
                assert module.startswith("wfm.persistence.migrations") or not module.startswith(
                    "wfm"
                )
            if isinstance(node, ast.Import):
                assert not [item.name for item in node.names if item.name.startswith("wfm")]


def patch_to(patch: pytest.MonkeyPatch, revision: str) -> None:
    """Let the program be the one that wrote a schema: it asks for no table that came later."""
    patch.setattr(schema, "REVISION", revision)
    patch.setattr(schema, "refuse_missing_tables", lambda *_: None)
    for kind in KINDS:
        later = {
            name for (own, name), since in LATER.items() if own == kind.name and since > revision
        }
        if later:
            forget_columns(patch, kind, later)


def forget_columns(patch: pytest.MonkeyPatch, kind: Kind, later: set[str]) -> None:
    """Let a stored kind be as it was before it had some of its columns."""
    known = {name: hint for name, hint in kind.hints.items() if name not in later}
    columns = [
        Column(item.name, item.type, primary_key=item.primary_key, nullable=item.nullable)
        for item in kind.table.columns
        if item.name not in later
    ]
    patch.setitem(kind.__dict__, "table", Table(kind.name, MetaData(), *columns))
    patch.setitem(kind.__dict__, "hints", known)
    for name in ("scalars", "arrays"):
        of_all = getattr(kind, name)
        patch.setitem(kind.__dict__, name, {key: of_all[key] for key in known if key in of_all})


def released(path: Path, revision: str, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Build a centre file of a released schema with a value of each kind it knew."""
    with monkeypatch.context() as patch:
        patch_to(patch, revision)
        database = create_database(str(path), clock=ticking_clock())
        values = [
            value
            for value in one_of_each()
            if SINCE.get(kind_of(type(value)).name, "0001") <= revision
        ]
        put(database, *values)
        database.close()
    return values


@pytest.mark.parametrize("revision", RELEASED)
def test_a_centre_of_every_released_schema_opens_with_all_it_holds(
    revision: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "c.toban"
    values = released(path, revision, monkeypatch)
    database = open_database(str(path))
    with database.read() as store:
        for value in values:
            found = store.get(type(value), kind_of(type(value)).key(value))
            assert to_json(found) == to_json(value)
    assert verify(database) is None
    database.close()


def test_a_file_of_the_first_schema_is_copied_and_then_takes_requests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "c.toban"
    released(path, "0001", monkeypatch)
    database = open_database(str(path), clock=ticking_clock())
    put(database, decided())
    with database.read() as store:
        assert store.all(Request) == (decided(),)
    assert verify(database) is None
    database.close()
    (copy,) = copies(path)
    assert (revision_in(copy), revision_in(path)) == ("0001", schema.REVISION)


@pytest.mark.postgres
def test_a_server_of_the_first_schema_is_migrated_and_lets_planners_use_requests(
    postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = postgres.empty()
    person = f"test_migrated_{os.getpid()}"
    with monkeypatch.context() as patch:
        patch_to(patch, "0001")
        create_database(postgres.address(name), clock=ticking_clock()).close()
    open_database(postgres.address(name)).close()
    postgres.run(f"CREATE ROLE {person} LOGIN IN ROLE toban_planner")
    database = open_database(postgres.address(name, person), clock=ticking_clock())
    number = put(database, decided())
    with database.read() as store:
        assert store.changes(number)[0].after["agent"] == "a1"
    undo(database, number, "sato", database.clock)
    database.close()
    postgres.drop(name)
    postgres.run(f"DROP OWNED BY {person}", f"DROP ROLE {person}")


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a later program's migrations, in which the next revision still fails."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(schema, "FOLDER", folder)
    monkeypatch.setattr(schema, "REVISION", "0006")
    monkeypatch.setattr(schema, "KNOWN", ("0001", "0002", "0003", "0004", "0005", "0006"))
    return folder


def write_next(folder: Path, more: str = "") -> None:
    """Write the next revision, with more statements."""
    text = NEXT.format(more=more or "pass")
    (folder / "versions" / "0006_next.py").write_text(text, encoding="utf-8")


def revision_in(path: Path) -> str:
    """Return the revision that a file says it has."""
    with closing(sqlite3.connect(path)) as raw:
        return str(raw.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def test_an_older_file_is_copied_first_and_then_migrated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    path = tmp_path / "c.toban"
    values = released(path, "0001", monkeypatch)
    write_next(request.getfixturevalue("later"))
    with pytest.raises(WfmError, match="older"):
        open_database(str(path), read_only=True)
    assert revision_in(path) == "0001"
    database = open_database(str(path))
    with database.read() as store:
        assert len([item for kind in KINDS for item in store.all(kind.value)]) == len(values)
    assert verify(database) is None
    database.close()
    assert revision_in(path) == "0006"
    (copy,) = copies(path)
    assert revision_in(copy) == "0001"
    check_copy(copy)


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    path = tmp_path / "c.toban"
    released(path, "0001", monkeypatch)
    database = open_database(str(path))
    before = state(database)
    database.close()
    write_next(
        request.getfixturevalue("later"),
        "op.execute(\"UPDATE team SET name = 'x'\")\n    raise ZeroDivisionError",
    )
    with pytest.raises(ZeroDivisionError):
        open_database(str(path))
    assert revision_in(path) == "0005"
    monkeypatch.undo()
    database = open_database(str(path))
    assert state(database) == before
    database.close()
