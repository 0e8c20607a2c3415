"""Files cut or altered anywhere: looking, working, copying and closing give sentences only."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import repetitions
from tests.persistence.conftest import ticking_clock
from tests.persistence.test_store import put
from tests.persistence.values import MONDAY, agent, history, one_of_each, week
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.people import Agent
from wfm.persistence import (
    KINDS,
    Database,
    backup,
    check_copy,
    create_database,
    erase_payload,
    head,
    open_database,
    restore,
    undo,
    verify,
)

PAGE = 4096


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a centre with one value of each kind and a few operations."""
    path = tmp_path_factory.mktemp("cut") / "c.toban"
    database = create_database(str(path), clock=ticking_clock())
    put(database, *one_of_each())
    put(database, agent("a1", name="b"), week("a2"))
    put(database, agent("a1", name="c"))
    database.close()
    return path.read_bytes()


def lengths(size: int) -> list[int]:
    """Return the header byte by byte, and a byte to either side of each page."""
    pages = range(PAGE, size, PAGE)
    around = {page + step for page in pages for step in (-1, 0, 1)}
    return sorted({*range(0, 100, repetitions(1, 9)), 99, 100, 101, 512, *around, size - 1})


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_cut_at_any_length_is_a_sentence_that_names_it(
    read_only: bool, full: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "c.toban"
    for length in lengths(len(full)):
        path.write_bytes(full[:length])
        with pytest.raises(WfmError) as caught:
            open_database(str(path), read_only=read_only)
        text = str(caught.value)
        assert str(path) in text
        assert text.endswith(".")
        # SQLite counts its openings in the first 100 bytes; what is left of the rest is left
        assert len(path.read_bytes()) == length
        assert path.read_bytes()[100:] == full[100:length]
        with pytest.raises(WfmError, match=r"c\.toban"):
            check_copy(path)


def test_a_cut_copy_takes_no_centre_s_place(full: bytes, tmp_path: Path) -> None:
    centre, copy = tmp_path / "c.toban", tmp_path / "copy.toban"
    centre.write_bytes(full)
    for length in lengths(len(full))[::7]:
        copy.write_bytes(full[:length])
        with pytest.raises(WfmError, match=r"copy\.toban"):
            restore(copy, centre)
        assert centre.read_bytes() == full
    assert {item.name for item in tmp_path.iterdir()} == {"c.toban", "copy.toban"}


def _edit(database: Database, _: Path) -> object:
    return put(database, agent("a1", name="d"), agent("a9"), history("q1", MONDAY, seed=9))


def _remove_all(database: Database, _: Path) -> object:
    with database.write("sato", database.clock) as unit:
        for kind in KINDS:
            unit.delete_all(kind.value, [kind.key(item) for item in unit.all(kind.value)])
        return unit.commit(message("Remove all"))


def _look(database: Database, _: Path) -> object:
    with database.read() as store:
        return [store.past(Agent, "a1"), store.last_change("agent", "a1"), store.operations()]


WORK: tuple[Callable[[Database, Path], object], ...] = (
    _look,
    _edit,
    lambda database, _: undo(database, 3, "sato", database.clock),
    lambda database, _: undo(database, 2, "sato", database.clock),
    lambda database, path: backup(database, path.with_suffix(".copy")),
    lambda database, _: erase_payload(database, [1], "dpo", database.clock),
    _remove_all,
    lambda database, _: verify(database),
    lambda database, _: head(database),
)


def harmed(full: bytes, source: random.Random) -> bytes:
    """Return a file with some bytes of one page replaced, past the header."""
    data = bytearray(full)
    start = source.randrange(100, len(data))
    length = source.choice([1, 2, 8, 64])
    data[start : start + length] = source.randbytes(len(data[start : start + length]))
    return bytes(data)


@pytest.mark.slow
def test_work_in_a_damaged_file_gives_sentences_and_a_copy_is_whole_or_not_made(
    full: bytes, tmp_path: Path
) -> None:
    opened, refused = 0, 0
    for seed in range(repetitions(2000, 80)):
        source = random.Random(seed)
        path = tmp_path / f"{seed}.toban"
        path.write_bytes(harmed(full, source))
        try:
            database = open_database(str(path), clock=ticking_clock())
        except WfmError:
            refused += 1
            continue
        opened += 1
        for work in source.sample(WORK, len(WORK)):
            with suppress(WfmError):
                work(database, path)
        database.close()
    assert opened > refused // 10
    assert refused > 0


def test_a_value_that_claims_to_be_gigabytes_long_is_damage(full: bytes, tmp_path: Path) -> None:
    path = tmp_path / "c.toban"
    path.write_bytes(full)
    database = open_database(str(path), read_only=True)
    with (
        pytest.raises(WfmError, match=r"c\.toban is damaged"),
        database.connect() as connection,
    ):
        connection.exec_driver_sql("SELECT zeroblob(2000000000)")
    database.close()


def test_looking_only_changes_no_byte(full: bytes, tmp_path: Path) -> None:
    path = tmp_path / "c.toban"
    path.write_bytes(full)
    before = path.stat().st_mtime_ns
    database = open_database(str(path), read_only=True)
    _look(database, path)
    assert verify(database) is None
    database.close()
    assert path.read_bytes() == full
    assert path.stat().st_mtime_ns == before
    assert [item.name for item in tmp_path.iterdir()] == ["c.toban"]
