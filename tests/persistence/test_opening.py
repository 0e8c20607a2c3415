"""A centre is created whole, opened if it is one, and refused in one sentence if it is not."""

from __future__ import annotations

import os
import random
import re
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.conftest import repetitions
from tests.persistence.conftest import Server, ticking_clock
from tests.persistence.test_store import put
from tests.persistence.values import agent, one_of_each
from wfm.errors import WfmError
from wfm.model.people import Agent
from wfm.persistence import (
    KINDS,
    Database,
    backup_folder,
    create_database,
    open_database,
    place,
    verify,
)


def leftovers(path: Path) -> set[str]:
    """Return the names beside a centre file."""
    return {item.name for item in path.parent.iterdir()} - {path.name, backup_folder(path).name}


def contents(path: Path) -> object:
    """Return what a file holds: the rows of a database, the bytes of anything else."""
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(path)) as raw:
            return list(raw.iterdump())
    except sqlite3.DatabaseError:
        return path.read_bytes()


def test_a_closed_centre_is_one_private_file(tmp_path: Path) -> None:
    path = tmp_path / "東京 #1?.toban"
    database = create_database(str(path))
    put(database, agent())
    assert (tmp_path / f"{path.name}-wal").exists()
    database.close()
    assert leftovers(path) == set()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    header = path.read_bytes()[:100]
    assert header.startswith(b"SQLite format 3\0")
    assert header[68:72] == b"Toba"


def test_an_open_file_uses_a_write_ahead_log_and_durable_commits(centre: Database) -> None:
    if centre.path is None:
        pytest.skip("a file's matter")
    with centre.begin() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
        }
    assert found == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0,
    }  # fmt: skip


def test_creating_never_touches_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "c.toban"
    path.write_bytes(b"mine")
    with pytest.raises(WfmError, match="exists already"):
        create_database(str(path))
    assert path.read_bytes() == b"mine"
    assert leftovers(path) == set()


def test_creating_in_a_missing_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WfmError, match="no folder"):
        create_database(str(tmp_path / "no" / "c.toban"))


def test_a_creation_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("wfm.persistence.schema.migrate", fail)
    with pytest.raises(ZeroDivisionError):
        create_database(str(tmp_path / "c.toban"))
    assert list(tmp_path.iterdir()) == []


def _other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE agent (key TEXT)")


def _newer(path: Path) -> None:
    create_database(str(path)).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")


def _missing_table(path: Path) -> None:
    create_database(str(path)).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("DROP TABLE agent_week")


def _no_revision(path: Path) -> None:
    create_database(str(path)).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("DROP TABLE alembic_version")


FOREIGN: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda _: None, "no file"),
    "folder": (lambda path: path.mkdir(), "folder"),
    "empty": (lambda path: path.touch(), "empty"),
    "text": (lambda path: path.write_text("名前,時刻\n" * 50, encoding="utf-8"), "not a centre"),
    "short": (lambda path: path.write_bytes(b"SQLite format 3\0"), "not a centre"),
    "zip": (lambda path: path.write_bytes(b"PK\3\4" + bytes(500)), "not a centre"),
    "other database": (_other_database, "another program"),
    "newer": (_newer, "newer"),
    "without a table": (_missing_table, "damaged"),
    "without a revision": (_no_revision, "not a centre|holds no centre"),
    "pipe": (os.mkfifo, "not a file"),
}


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_centre_of_ours_is_refused_in_one_sentence_and_left_as_it_was(
    name: str, read_only: bool, tmp_path: Path
) -> None:
    make, words = FOREIGN[name]
    path = tmp_path / "c.toban"
    make(path)
    before = contents(path)
    with pytest.raises(WfmError, match=words) as caught:
        open_database(str(path), read_only=read_only)
    assert str(path) in str(caught.value)
    assert contents(path) == before
    assert not (leftovers(path) - {"c.toban-shm", "c.toban-wal"})


def test_a_file_locked_by_another_program_is_a_sentence(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wfm.persistence.sqlite.WAIT_MS", 50)
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        raw.execute("BEGIN EXCLUSIVE")
        with pytest.raises(WfmError, match="another program"):
            open_database(str(file))
    open_database(str(file)).close()


def test_a_writer_that_waits_too_long_is_told_who_is_in_the_way(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wfm.persistence.sqlite.WAIT_MS", 100)
    first, second = open_database(place), open_database(place)
    with (
        first.begin(),
        pytest.raises(WfmError, match=r"another program|somebody else"),
        second.write("sato", second.clock) as unit,
    ):
        unit.put(agent())
    put(second, agent())
    first.close()
    second.close()


def test_a_file_marked_read_only_is_opened_to_look_at_with_a_note(file: Path) -> None:
    database = open_database(str(file))
    put(database, agent())
    database.close()
    file.chmod(0o400)
    database = open_database(str(file))
    (note,) = database.notes
    assert "read-only" in str(note)
    with database.read() as store:
        assert store.all(Agent) == (agent(),)
    with pytest.raises(WfmError, match="read-only"), database.write("sato", database.clock):
        pass
    database.close()
    assert leftovers(file) == set()


UNPRIVILEGED = """
import getpass, os, sys
from wfm.errors import WfmError
from wfm.model.people import Agent
from wfm.persistence import backups, open_database
os.setuid(65534)
try:
    database = open_database(sys.argv[1])
    with database.read() as store:
        print(len(store.all(Agent)), *database.notes)
    database.close()
except WfmError as error:
    print(error)
"""


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="becoming another user needs root on POSIX"
)
@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "answer"),
    [
        (0o600, 0o755, "cannot be opened: Permission denied"),
        (0o644, 0o755, "1 .*read-only"),
        (0o666, 0o755, "1 .*may not write in the folder"),
        (0o600, 0o700, "cannot be opened|no file"),
    ],
)
def test_another_user_is_told_what_they_may_not_do(
    file_mode: int, folder_mode: int, answer: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("shared")
    path = folder / "c.toban"
    database = create_database(str(path))
    put(database, agent())
    database.close()
    path.chmod(file_mode)
    folder.chmod(folder_mode)
    top = Path(tempfile.gettempdir())
    for above in folder.parents:
        if above == top:
            break
        above.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", UNPRIVILEGED, str(path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent.parent.parent,
    )
    assert re.search(answer, done.stdout), done.stdout + done.stderr


# --- network folders -----------------------------------------------------------------------------

MOUNTS = r"""/dev/sda1 / ext4 rw 0 0
server:/share /mnt/share nfs4 rw 0 0
//server/b /mnt/share/deep\040er cifs rw 0 0
/dev/sdb /mnt/share2 ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/a.toban", "ext4"),
        ("/mnt/share/a.toban", "nfs4"),
        ("/mnt/share2/a.toban", "ext4"),
        ("/mnt/share/deep er/x/a.toban", "cifs"),
    ],
)
def test_the_file_system_is_that_of_the_innermost_mount(path: str, kind: str) -> None:
    assert place.file_system_of(Path(path), place.linux_mounts(MOUNTS)) == kind
    assert ("ext4" in place.NETWORK_TYPES, "cifs" in place.NETWORK_TYPES) == (False, True)


def test_on_a_network_folder_one_named_program_writes_and_the_others_read(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("database", "sqlite"):
        monkeypatch.setattr(f"wfm.persistence.{module}.on_network", lambda _: True)
    monkeypatch.setattr("getpass.getuser", lambda: "sato")
    first = open_database(str(file), clock=ticking_clock())
    assert not first.read_only
    put(first, agent())
    assert not file.with_name(f"{file.name}-wal").exists()
    second = open_database(str(file))
    assert second.read_only
    assert "sato" in str(second.notes[0])
    with second.read() as store:
        assert store.all(Agent) == (agent(),)
    second.close()
    assert place.writer_file(file).exists()
    first.close()
    third = open_database(str(file))
    assert not third.read_only
    third.close()
    assert leftovers(file) == set()


def test_a_claim_of_a_crashed_program_is_taken_over_and_one_of_another_machine_on_demand(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("database", "sqlite"):
        monkeypatch.setattr(f"wfm.persistence.{module}.on_network", lambda _: True)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    claim = place.writer_file(file)
    claim.write_text(
        f'{{"who": "x", "host": "{place.platform.node()}", "pid": {ended.pid}}}', encoding="utf-8"
    )
    database = open_database(str(file))
    assert not database.read_only
    database.close()
    claim.write_text('{"who": "mori", "host": "elsewhere", "pid": 1}', encoding="utf-8")
    database = open_database(str(file))
    assert database.read_only
    assert "mori" in str(database.notes[0])
    database.close()
    assert claim.exists()
    database = open_database(str(file), take_over=True)
    assert not database.read_only
    database.close()
    assert not claim.exists()


# --- damage --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a centre with one value of each kind."""
    path = tmp_path_factory.mktemp("full") / "c.toban"
    database = create_database(str(path))
    put(database, *one_of_each())
    database.close()
    return path.read_bytes()


def _flip_bit(data: bytearray, source: random.Random) -> bytearray:
    data[source.randrange(len(data))] ^= 1 << source.randrange(8)
    return data


def _zero_page(data: bytearray, source: random.Random) -> bytearray:
    page = source.randrange(len(data) // 4096)
    data[page * 4096 : (page + 1) * 4096] = bytes(4096)
    return data


def _cut(data: bytearray, source: random.Random) -> bytearray:
    return data[: source.randrange(len(data))]


def _garbage(data: bytearray, source: random.Random) -> bytearray:
    start = source.randrange(len(data))
    data[start : start + 200] = source.randbytes(min(200, len(data) - start))
    return data


@pytest.mark.parametrize("harm", [_flip_bit, _zero_page, _cut, _garbage])
def test_a_damaged_file_gives_sentences_and_nothing_else(
    harm: Callable[[bytearray, random.Random], bytearray], full: bytes, tmp_path: Path
) -> None:
    found, sentences = 0, [""]
    for seed in range(repetitions(60, 15)):
        path = tmp_path / f"{seed}.toban"
        path.write_bytes(harm(bytearray(full), random.Random(seed)))
        database = None
        try:
            database = open_database(str(path))
            with database.read() as store:
                for kind in KINDS:
                    store.all(kind.value)
                for entry in store.operations():
                    store.changes(entry.id)
            broken = verify(database)
            assert broken in (None, 1)
            found += broken is not None
        except WfmError as error:
            found += 1
            sentences.append(str(error))
        finally:
            if database is not None:
                with suppress(WfmError):
                    database.close()
    assert all(text.endswith(".") for text in sentences[1:])
    if harm in (_zero_page, _cut):
        assert found == repetitions(60, 15)


# --- servers -------------------------------------------------------------------------------------


@pytest.mark.postgres
def test_a_server_that_is_not_there_is_a_sentence_without_the_password() -> None:
    with pytest.raises(WfmError, match="does not answer") as caught:
        open_database("postgresql://sato:geheim@127.0.0.1:1/centre")
    assert "geheim" not in str(caught.value)
    assert "postgresql://sato@127.0.0.1:1/centre" in str(caught.value)


def test_an_address_that_is_none_is_a_sentence() -> None:
    with pytest.raises(WfmError, match="address"):
        open_database("postgresql://a:b:c@[::")


@pytest.mark.postgres
def test_a_database_without_centre_and_one_that_has_one_are_told_apart(postgres: Server) -> None:
    name = postgres.empty()
    with pytest.raises(WfmError, match=r"no centre|not a centre"):
        open_database(postgres.address(name))
    create_database(postgres.address(name)).close()
    with pytest.raises(WfmError, match="already holds"):
        create_database(postgres.address(name))
    postgres.run("UPDATE alembic_version SET version_num = '9999'", database=name)
    with pytest.raises(WfmError, match="newer"):
        open_database(postgres.address(name))
    with pytest.raises(WfmError, match="no database"):
        open_database(postgres.address("there_is_none"))
    postgres.drop(name)
