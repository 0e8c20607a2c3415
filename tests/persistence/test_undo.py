"""Undo is an inverse operation, refused where somebody has built on what it takes back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.persistence.conftest import ticking_clock
from tests.persistence.test_store import put
from tests.persistence.values import agent, history, one_of_each, queue, week
from wfm.errors import Conflict, WfmError
from wfm.messages import message
from wfm.model.codec import to_json
from wfm.model.people import Agent
from wfm.model.roster import AgentWeek
from wfm.model.workload import HistoryDay
from wfm.persistence import KINDS, Database, create_database, open_database, undo, verify


def state(database: Database) -> dict[str, object]:
    """Return everything stored, as JSON."""
    with database.read() as store:
        return {kind.name: [to_json(item) for item in store.all(kind.value)] for kind in KINDS}


def test_undo_of_every_kind_brings_everything_back_and_redo_puts_it_in_again(
    centre: Database,
) -> None:
    empty = state(centre)
    number = put(centre, *one_of_each())
    full = state(centre)
    taken_back = undo(centre, number, "sato", centre.clock)
    assert state(centre) == empty
    assert taken_back.undoes == number
    undo(centre, taken_back.id, "sato", centre.clock)
    assert state(centre) == full
    assert verify(centre) is None


def test_undo_survives_reopening(place: str) -> None:
    database = open_database(place)
    put(database, agent("a1"))
    number = put(database, agent("a1", name="b"))
    database.close()
    database = open_database(place)
    undo(database, number, "tanaka", database.clock)
    with database.read() as store:
        assert store.get(Agent, "a1") == agent("a1")
        assert store.operations()[-1].who == "tanaka"
    database.close()


def test_undo_is_refused_where_the_value_has_changed_since_and_nothing_is_touched(
    centre: Database,
) -> None:
    put(centre, agent("a1"), agent("a2"))
    number = put(centre, agent("a1", name="b"), agent("a2", name="b"))
    put(centre, agent("a2", name="c"), who="tanaka")
    before = state(centre)
    with pytest.raises(Conflict, match="tanaka"):
        undo(centre, number, "sato", centre.clock)
    assert state(centre) == before
    with centre.read() as store:
        assert len(store.operations()) == 3


def test_undo_is_allowed_again_when_the_value_is_back(centre: Database) -> None:
    put(centre, agent("a1"))
    number = put(centre, agent("a1", name="b"))
    later = put(centre, agent("a1", name="c"))
    undo(centre, later, "sato", centre.clock)
    undo(centre, number, "sato", centre.clock)
    with centre.read() as store:
        assert store.get(Agent, "a1") == agent("a1")


def test_a_second_undo_of_the_same_operation_is_refused_in_a_sentence(centre: Database) -> None:
    number = put(centre, agent("a1"))
    undo(centre, number, "tanaka", centre.clock)
    with pytest.raises(WfmError, match="tanaka"):
        undo(centre, number, "sato", centre.clock)


@pytest.mark.parametrize("number", [0, -1, 7, 10**6])
def test_an_unknown_operation_is_refused_in_a_sentence(centre: Database, number: int) -> None:
    with pytest.raises(WfmError, match=str(number)):
        undo(centre, number, "sato", centre.clock)


def test_undo_of_a_large_import_removes_it_in_one_operation(centre: Database) -> None:
    put(centre, queue())
    days = [history("q1", date(2026, 1, 1) + timedelta(days=offset)) for offset in range(182)]
    number = put(centre, *days)
    undo(centre, number, "sato", centre.clock)
    with centre.read() as store:
        assert store.all(HistoryDay) == ()
        assert len(store.operations()) == 3


def test_the_sentence_of_an_undo_names_what_it_takes_back(centre: Database) -> None:
    with centre.write("sato", centre.clock) as unit:
        unit.put(agent("a1"))
        operation = unit.commit(message("Hire {name}", name="佐藤"))
    assert operation is not None
    first = undo(centre, operation.id, "sato", centre.clock)
    second = undo(centre, first.id, "sato", centre.clock)
    with centre.read() as store:
        texts = [str(item.text) for item in store.operations()]
    assert texts == ["Hire 佐藤", "Undo: Hire 佐藤", "Redo: Hire 佐藤"]
    assert second.undoes == first.id


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["a1", "a2", "a3"]),
        st.one_of(st.none(), st.integers(0, 3)),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(units=st.lists(EDITS, min_size=1, max_size=6))
def test_undoing_all_operations_backwards_passes_through_every_earlier_state(
    tmp_path_factory: pytest.TempPathFactory, units: list[list[tuple[str, int | None, bool]]]
) -> None:
    path = tmp_path_factory.mktemp("undo") / "c.toban"
    database = create_database(str(path), clock=ticking_clock())
    states, numbers = [state(database)], []
    for edits in units:
        with database.write("sato", database.clock) as unit:
            for key, number, also_week in edits:
                if number is None:
                    unit.delete(AgentWeek, f"{key}/2026-11-23")
                    unit.delete(Agent, key)
                    continue
                unit.put(agent(key, speed_percent=100 + number))
                if also_week:
                    unit.put(week(key, at=480 + 15 * number))
            operation = unit.commit(message("Edit"))
        if operation is not None:
            numbers.append(operation.id)
            states.append(state(database))
    for number in reversed(numbers):
        assert state(database) == states.pop()
        undo(database, number, "sato", database.clock)
    assert state(database) == states.pop()
    assert verify(database) is None
    database.close()
