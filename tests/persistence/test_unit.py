"""Edits carry what the user saw; lost updates are impossible; one unit writes one operation."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from tests.conftest import repetitions
from tests.persistence.test_store import put
from tests.persistence.values import MONDAY, agent, week
from wfm.errors import Conflict, WfmError
from wfm.messages import message
from wfm.model.change import Change
from wfm.model.codec import to_json
from wfm.model.people import Agent
from wfm.model.roster import AgentWeek
from wfm.persistence import Database, open_database, undo, verify


def test_an_edit_of_what_the_user_saw_is_written(centre: Database) -> None:
    put(centre, agent("a1"))
    with centre.write("sato", centre.clock) as unit:
        unit.put(agent("a1", name="鈴木"), seen=agent("a1"))
        operation = unit.commit(message("Rename {name}", name="鈴木"))
    assert operation is not None
    assert str(operation.text) == "Rename 鈴木"
    with centre.read() as store:
        assert store.get(Agent, "a1") == agent("a1", name="鈴木")


def test_an_edit_of_something_else_names_who_changed_it_and_when(centre: Database) -> None:
    put(centre, agent("a1"))
    put(centre, agent("a1", name="鈴木"), who="tanaka")
    with (
        pytest.raises(Conflict, match=r"tanaka.*2026-11-24") as caught,
        centre.write("sato", centre.clock) as unit,
    ):
        unit.put(agent("a1", team="t2"), seen=agent("a1"))
    assert caught.value.message.values["who"] == "tanaka"
    with centre.read() as store:
        assert store.get(Agent, "a1") == agent("a1", name="鈴木")
        assert len(store.operations()) == 2


@pytest.mark.parametrize("seen", [None, agent("a1")])
def test_what_was_seen_as_absent_or_deleted_conflicts_too(
    centre: Database, seen: Agent | None
) -> None:
    put(centre, agent("a1"), who="tanaka")
    if seen is not None:
        with centre.write("tanaka", centre.clock) as unit:
            unit.delete(Agent, "a1")
            unit.commit(message("Remove"))
    with pytest.raises(Conflict, match="tanaka"), centre.write("sato", centre.clock) as unit:
        unit.put(agent("a1", team="t2"), seen=seen)


def test_deleting_compares_too(centre: Database) -> None:
    put(centre, agent("a1"))
    with pytest.raises(Conflict), centre.write("sato", centre.clock) as unit:
        unit.delete(Agent, "a1", seen=agent("a1", name="x"))
    with centre.write("sato", centre.clock) as unit:
        unit.delete(Agent, "a1", seen=agent("a1"))
        unit.commit(message("Remove"))
    with centre.read() as store:
        assert store.all(Agent) == ()


def test_nothing_changed_means_no_operation(centre: Database) -> None:
    put(centre, agent("a1"), week("a1"))
    with centre.write("sato", centre.clock) as unit:
        unit.put_all([agent("a1"), week("a1")])
        unit.delete(Agent, "nobody")
        assert unit.commit(message("Edit")) is None
    with centre.write("sato", centre.clock) as unit:
        unit.put(agent("a1", name="x"))
        unit.put(agent("a1"))
        assert unit.commit(message("Edit")) is None
    with centre.read() as store:
        assert len(store.operations()) == 1
        assert store.get(Agent, "a1") == agent("a1")


def test_a_value_written_twice_in_a_unit_is_one_change_from_first_to_last(
    centre: Database,
) -> None:
    put(centre, agent("a1"))
    with centre.write("sato", centre.clock) as unit:
        unit.put(agent("a1", name="b"))
        unit.put(agent("a1", name="c"))
        operation = unit.commit(message("Edit"))
    assert operation is not None
    with centre.read() as store:
        assert store.changes(operation.id) == (
            Change("agent", "a1", to_json(agent("a1")), to_json(agent("a1", name="c"))),
        )
    undo(centre, operation.id, "sato", centre.clock)
    with centre.read() as store:
        assert store.get(Agent, "a1") == agent("a1")
    assert verify(centre) is None


def test_a_value_deleted_and_written_again_in_a_unit_can_be_undone(centre: Database) -> None:
    put(centre, agent("a1"))
    with centre.write("sato", centre.clock) as unit:
        unit.delete(Agent, "a1")
        unit.put(agent("a1", name="b"))
        unit.put(agent("a2"))
        unit.delete(Agent, "a2")
        operation = unit.commit(message("Edit"))
    assert operation is not None
    undo(centre, operation.id, "sato", centre.clock)
    with centre.read() as store:
        assert store.all(Agent) == (agent("a1"),)


def test_every_row_counts_its_changes(centre: Database) -> None:
    put(centre, agent("a1"))
    put(centre, agent("a1", name="b"))
    with centre.read() as store:
        assert store.version(Agent, "a1") == 2
        assert store.version(Agent, "a2") is None


@pytest.mark.parametrize("who", ["", "  "])
def test_a_change_needs_a_name(centre: Database, who: str) -> None:
    with pytest.raises(WfmError, match="name"), centre.write(who, centre.clock):
        pass


def test_two_clients_never_lose_an_update(place: str) -> None:
    rounds = repetitions(500, 20)
    first = open_database(place)
    put(first, agent("a1", speed_percent=100), week("a1"))
    refused = []

    def add(name: str) -> None:
        database = open_database(place)
        try:
            for _ in range(rounds):
                while True:
                    with database.read() as store:
                        seen = store.get(Agent, "a1")
                    assert seen is not None
                    try:
                        with database.write(name, database.clock) as unit:
                            new = replace(seen, speed_percent=seen.speed_percent + 1)
                            unit.put(new, seen=seen)
                            unit.commit(message("Add"))
                        break
                    except Conflict as error:
                        refused.append(str(error))
        finally:
            database.close()

    threads = [threading.Thread(target=add, args=(name,)) for name in ("left", "right")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with first.read() as store:
        found = store.get(Agent, "a1")
        assert found is not None
        assert found.speed_percent == 100 + 2 * rounds
        assert len(store.operations()) == 1 + 2 * rounds
        assert [item.id for item in store.operations()] == list(range(1, 2 + 2 * rounds))
    assert all("left" in text or "right" in text for text in refused)
    assert verify(first) is None
    first.close()


def test_threads_share_one_open_centre(centre: Database) -> None:
    def write(key: str) -> None:
        for start in range(5):
            put(centre, agent(key), week(key, at=540 + 15 * start))

    threads = [threading.Thread(target=write, args=(f"a{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with centre.read() as store:
        assert len(store.where(AgentWeek, since=MONDAY)) == 4
        assert len(store.operations()) == 20
    assert verify(centre) is None
