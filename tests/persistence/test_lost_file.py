"""A centre's file that is deleted, moved or replaced while it is open costs nothing."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.persistence.conftest import ticking_clock
from tests.persistence.test_store import put
from tests.persistence.test_undo import state
from tests.persistence.values import agent, one_of_each
from wfm.errors import LostFileError, WfmError
from wfm.model.people import Agent
from wfm.persistence import Database, create_database, head, open_database, rescue, verify

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows keeps an open file")


def _delete(path: Path) -> None:
    path.unlink()


def _delete_all(path: Path) -> None:
    for found in path.parent.glob(f"{path.name}*"):
        found.unlink()


def _move(path: Path) -> None:
    path.rename(path.with_name("moved.toban"))


def _delete_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


def _replace(path: Path) -> None:
    """Put another centre in the place, as a program that synchronises folders does."""
    other = path.with_name("other.toban")
    create_database(str(other)).close()
    other.replace(path)


def _replace_by_garbage(path: Path) -> None:
    path.unlink()
    path.write_bytes(b"no centre")


LOSSES = (_delete, _delete_all, _move, _delete_folder, _replace, _replace_by_garbage)


@pytest.fixture
def place_of(tmp_path: Path, file: Path) -> Path:
    """A fresh centre file in a folder of its own."""
    folder = tmp_path / "folder"
    folder.mkdir()
    return file.rename(folder / "centre.toban")


@pytest.mark.parametrize("lose", LOSSES)
def test_a_write_after_the_file_is_lost_is_refused_in_one_sentence_that_names_it(
    place_of: Path, lose: Callable[[Path], None]
) -> None:
    database = open_database(str(place_of), clock=ticking_clock())
    put(database, agent("a1"))
    assert database.lost() is None
    lose(place_of)
    there = place_of.read_bytes() if place_of.exists() else None
    for _ in range(2):
        with pytest.raises(LostFileError, match=r"centre\.toban.*[Ss]ave a copy") as caught:
            put(database, agent("a2"))
        assert caught.value.file == str(place_of)
    assert database.lost() == caught.value.message
    with database.read() as store:
        assert [item.key for item in store.all(Agent)] == ["a1"]
    database.close()
    assert (place_of.read_bytes() if place_of.exists() else None) == there


@pytest.mark.parametrize("lose", LOSSES)
def test_what_was_open_is_rescued_whole_with_its_log(
    tmp_path: Path, place_of: Path, lose: Callable[[Path], None]
) -> None:
    database = open_database(str(place_of), clock=ticking_clock())
    put(database, *one_of_each())
    put(database, agent("a2"))
    before, seal = state(database), head(database)
    lose(place_of)
    copy = rescue(database, tmp_path / "saved.toban")
    database.close()
    saved = open_database(str(copy), clock=ticking_clock())
    assert (state(saved), head(saved), verify(saved)) == (before, seal, None)
    put(saved, agent("a3"))
    saved.close()
    assert not list(tmp_path.glob("saved.toban-*"))


def test_a_rescue_never_takes_the_old_name_or_that_of_another_file(
    tmp_path: Path, place_of: Path
) -> None:
    database = open_database(str(place_of), clock=ticking_clock())
    put(database, agent("a1"))
    place_of.unlink()
    with pytest.raises(WfmError, match="Choose another name"):
        rescue(database, place_of)
    taken = tmp_path / "taken.toban"
    taken.write_text("mine")
    with pytest.raises(WfmError, match="exists already"):
        rescue(database, taken)
    with pytest.raises(WfmError, match="cannot be written"):
        rescue(database, tmp_path / "no" / "folder.toban")
    assert taken.read_text() == "mine"
    database.close()


def test_a_moved_file_is_complete_where_it_is_and_leaves_nothing_behind(place_of: Path) -> None:
    database = open_database(str(place_of), clock=ticking_clock())
    put(database, agent("a1"))
    moved = place_of.rename(place_of.with_name("moved.toban"))
    database.close()
    assert [item.name for item in place_of.parent.glob("centre.toban*")] == []
    again = open_database(str(moved), clock=ticking_clock())
    with again.read() as store:
        assert [item.key for item in store.all(Agent)] == ["a1"]
    again.close()


def test_a_file_put_back_is_written_again(place_of: Path) -> None:
    database = open_database(str(place_of), clock=ticking_clock())
    put(database, agent("a1"))
    away = place_of.rename(place_of.with_name("away.toban"))
    with pytest.raises(LostFileError):
        put(database, agent("a2"))
    away.rename(place_of)
    put(database, agent("a3"))
    database.close()
    again = open_database(str(place_of), clock=ticking_clock())
    with again.read() as store:
        assert [item.key for item in store.all(Agent)] == ["a1", "a3"]
    again.close()


def test_a_folder_that_cannot_be_reached_is_a_sentence(
    place_of: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = open_database(str(place_of), clock=ticking_clock())
    real = Path.stat

    def unreachable(path: Path, **options: bool) -> os.stat_result:
        if path == place_of:
            raise OSError(5, "Input/output error")
        return real(path, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", unreachable)
        with pytest.raises(LostFileError, match="cannot be reached any more: Input/output error"):
            put(database, agent("a1"))
    put(database, agent("a1"))
    database.close()


def test_a_file_lost_during_a_change_takes_nothing_of_it(place_of: Path) -> None:
    database = open_database(str(place_of), clock=ticking_clock())
    put(database, agent("a1"))

    def change() -> None:
        with database.begin() as connection:
            connection.exec_driver_sql("DELETE FROM agent")
            place_of.unlink()

    with pytest.raises(LostFileError):
        change()
    with database.read() as store:
        assert [item.key for item in store.all(Agent)] == ["a1"]
    database.close()


def test_a_further_connection_never_opens_another_file(place_of: Path) -> None:
    database = open_database(str(place_of), clock=ticking_clock())
    put(database, agent("a1"))
    _replace(place_of)
    failures: list[BaseException] = []

    def read() -> None:
        try:
            with database.read() as store:
                store.all(Agent)
        except WfmError as error:
            failures.append(error)

    with database.read() as store:  # the pool's one connection is taken
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
        assert [item.key for item in store.all(Agent)] == ["a1"]
    assert [type(error) for error in failures] == [LostFileError]
    database.close()


def test_a_file_put_in_the_place_is_opened_only_after_the_first_one_is_closed(
    tmp_path: Path, place_of: Path
) -> None:
    database = open_database(str(place_of), clock=ticking_clock())
    put(database, agent("a1"))
    _replace(place_of)
    with pytest.raises(WfmError, match="still open here"):
        open_database(str(place_of))
    rescue(database, tmp_path / "saved.toban")
    database.close()
    new = open_database(str(place_of))
    with new.read() as store:
        assert store.all(Agent) == ()
    assert verify(new) is None
    new.close()


def test_looking_for_the_file_costs_microseconds(centre: Database) -> None:
    began = time.perf_counter()
    for _ in range(1000):
        centre.lost()
    assert time.perf_counter() - began < 0.25
