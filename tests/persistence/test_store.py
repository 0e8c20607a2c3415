"""Values come back as they went in, on both engines, found by key, day and column."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from tests.persistence.values import (
    MONDAY,
    agent,
    history,
    numbers,
    one_of_each,
    queue,
    week,
)
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.codec import to_json
from wfm.model.people import Agent, Leave
from wfm.model.roster import AgentWeek
from wfm.model.site import RunRecord, Site
from wfm.model.time import Horizon
from wfm.model.workload import Forecast, HistoryDay, Requirement
from wfm.persistence import KINDS, Database, kind_of, open_database


def put(database: Database, *values: object, who: str = "sato") -> int:
    """Write values in one operation; returns its id."""
    with database.write(who, database.clock) as unit:
        unit.put_all(values)
        operation = unit.commit(message("Edit"))
    assert operation is not None
    return operation.id


def test_every_kind_has_an_example() -> None:
    assert {type(value) for value in one_of_each()} == {kind.value for kind in KINDS}


def test_every_kind_comes_back_as_it_went_in_after_reopening(place: str) -> None:
    with_first = open_database(place)
    put(with_first, *one_of_each())
    with_first.close()
    database = open_database(place)
    with database.read() as store:
        for value in one_of_each():
            found = store.get(type(value), kind_of(type(value)).key(value))
            assert to_json(found) == to_json(value)
            assert [to_json(item) for item in store.all(type(value))] == [to_json(value)]
    database.close()


def test_not_recorded_stays_not_recorded_and_arrays_cannot_be_written_to(centre: Database) -> None:
    put(centre, queue(), history("q1", MONDAY))
    with centre.read() as store:
        (found,) = store.where(HistoryDay, queue="q1")
    offered = found.columns["offered"]
    np.testing.assert_array_equal(offered, numbers(96, 1))
    assert np.isnan(offered).any()
    assert offered.dtype == np.float64
    with pytest.raises(ValueError, match="read-only"):
        offered[0] = 1.0


def test_a_missing_value_is_none(centre: Database) -> None:
    with centre.read() as store:
        assert store.get(Agent, "nobody") is None
        assert store.all(Agent) == ()
        assert store.get(Site, "site") is None


def test_days_are_found_from_since_up_to_but_not_including_until(centre: Database) -> None:
    days = [MONDAY + timedelta(days=offset) for offset in range(6)]
    put(
        centre,
        queue("q1"),
        queue("q2"),
        *(history(key, day) for key in ("q1", "q2") for day in days),
    )
    with centre.read() as store:
        found = store.where(HistoryDay, queue="q2", since=days[1], until=days[4])
        assert [(item.queue, item.day) for item in found] == [("q2", day) for day in days[1:4]]
        both = store.where(HistoryDay, since=days[5])
        assert [(item.day, item.queue) for item in both] == [(days[5], "q1"), (days[5], "q2")]
        assert store.days(HistoryDay) == tuple(days)


def test_forecasts_of_a_week_and_of_a_month_from_the_same_day_stand_beside_each_other(
    centre: Database,
) -> None:
    both = []
    for days in (7, 28):
        horizon = Horizon(MONDAY, days)
        both.append(Forecast("q1", horizon, numbers(horizon.slots), numbers(horizon.slots)))
    put(centre, queue(), *both)
    with centre.read() as store:
        assert {item.horizon.days for item in store.where(Forecast, queue="q1")} == {7, 28}
        assert store.all(Requirement) == ()


def test_writing_again_replaces_and_leaves_other_values_alone(centre: Database) -> None:
    put(centre, agent("a1"), agent("a2"))
    put(centre, agent("a1", name="鈴木"))
    with centre.read() as store:
        assert [item.name for item in store.all(Agent)] == ["鈴木", "佐藤 花子"]


def test_a_read_sees_one_moment_while_others_write(place: str) -> None:
    reader, writer = open_database(place), open_database(place)
    put(writer, agent("a1"))
    with reader.read() as store:
        assert len(store.all(Agent)) == 1
        put(writer, agent("a2"))
        assert len(store.all(Agent)) == 1
    with reader.read() as store:
        assert len(store.all(Agent)) == 2
    reader.close()
    writer.close()


def test_a_unit_reads_what_it_wrote(centre: Database) -> None:
    with centre.write("sato", centre.clock) as unit:
        unit.put(agent("a1"))
        assert unit.get(Agent, "a1") == agent("a1")
        unit.delete(Agent, "a1")
        assert unit.get(Agent, "a1") is None


def test_a_unit_that_is_not_committed_or_fails_leaves_nothing(centre: Database) -> None:
    with centre.write("sato", centre.clock) as unit:
        unit.put(agent("a1"))
    with pytest.raises(ZeroDivisionError), centre.write("sato", centre.clock) as unit:  # noqa: PT012
        unit.put(agent("a2"))
        unit.commit(message("Edit"))
        raise ZeroDivisionError
    with centre.read() as store:
        assert store.all(Agent) == ()
        assert store.operations() == ()


def test_a_read_only_centre_refuses_writers_in_a_sentence(place: str) -> None:
    database = open_database(place, read_only=True)
    with pytest.raises(WfmError, match="read"), database.write("sato", database.clock):
        pass
    with database.read() as store:
        assert store.all(Agent) == ()
    database.close()


def test_bulk_writes_of_half_a_year_are_one_operation(centre: Database) -> None:
    days = [history("q1", date(2026, 1, 1) + timedelta(days=offset)) for offset in range(182)]
    number = put(centre, queue(), *days)
    with centre.read() as store:
        assert len(store.changes(number)) == 183
        assert len(store.all(HistoryDay)) == 182


def test_keys_with_slashes_and_spaces_are_kept_apart(centre: Database) -> None:
    keys = ["a/1", "a 1", "a%2F1", "ａ１", "a'1", "a\\1"]
    put(centre, *(agent(key) for key in keys), *(week(key) for key in keys))
    with centre.read() as store:
        assert {item.key for item in store.all(Agent)} == set(keys)
        assert {item.agent for item in store.all(AgentWeek)} == set(keys)
        assert store.where(AgentWeek, agent="a/1") == (week("a/1"),)


def test_leave_is_found_by_its_own_day(centre: Database) -> None:
    put(centre, agent("a1"), Leave("a1", MONDAY), Leave("a1", MONDAY + timedelta(days=1)))
    with centre.read() as store:
        assert [
            item.day for item in store.where(Leave, agent="a1", until=MONDAY + timedelta(1))
        ] == [MONDAY]


def test_large_fields_that_nobody_looks_at_are_not_read(centre: Database) -> None:
    (record,) = (item for item in one_of_each() if isinstance(item, RunRecord))
    put(centre, replace(record, duties=week().duties, before=()))
    with centre.read() as store:
        (light,) = store.where(RunRecord, leave_out=("duties", "before"))
        (whole,) = store.where(RunRecord)
    assert (light.duties, light.before) == (None, None)
    assert replace(light, duties=whole.duties, before=()) == whole
    assert whole.duties == week().duties


def test_what_was_not_changed_is_read_as_the_same_value(centre: Database) -> None:
    put(centre, agent("a1"), agent("a2"), week("a1"), week("a2"))
    with centre.read() as store:
        people, weeks = store.all(Agent), store.all(AgentWeek)
    put(centre, replace(people[1], name="another"))
    with centre.read() as store:
        again = store.all(Agent)
        assert all(old is new for old, new in zip(weeks, store.all(AgentWeek), strict=True))
    assert again[0] is people[0]
    assert again[1].name == "another"


def test_a_value_that_was_deleted_and_made_anew_is_the_new_one(centre: Database) -> None:
    put(centre, agent("a1"))
    with centre.read() as store:
        (first,) = store.all(Agent)
    with centre.write("sato", centre.clock) as unit:
        unit.delete(Agent, "a1")
        unit.commit(message("Delete"))
    put(centre, replace(first, name="another"))
    with centre.read() as store:
        assert store.get(Agent, "a1") == replace(first, name="another")
        assert store.version(Agent, "a1") == 1
