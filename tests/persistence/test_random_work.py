"""Long random work of several people, on both engines, against a model kept in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import repetitions
from tests.persistence.test_undo import state
from tests.persistence.values import MONDAY, agent, history, week
from wfm.errors import Conflict, WfmError
from wfm.messages import message
from wfm.model.codec import to_json
from wfm.model.people import Agent
from wfm.model.roster import AgentWeek
from wfm.model.workload import HistoryDay
from wfm.persistence import KINDS, Database, kind_of, undo, verify

Place = tuple[type, str]
LONG = 50
PEOPLE = ("sato", "tanaka", "鈴木")


def variants(number: int) -> tuple[tuple[Place, Any], ...]:
    """Return the values that a step may write: three places, in one of three forms each."""
    return (
        ((Agent, "a1"), agent("a1", speed_percent=100 + number)),
        ((AgentWeek, f"a1/{MONDAY}"), week("a1", at=480 + 15 * number)),
        ((HistoryDay, f"q1/{MONDAY}"), history("q1", MONDAY, seed=number)),
    )


PLACES = [place for place, _ in variants(0)]


@dataclass
class Model:
    """What a centre should hold: its values, and what each operation did to them."""

    values: dict[Place, Any] = field(default_factory=dict)
    log: list[dict[Place, tuple[Any, Any]]] = field(default_factory=list)

    def change(self, wanted: dict[Place, Any]) -> bool:
        """Write an operation; an equal value is no change, nothing changed is no operation."""
        done = {
            place: (self.values.get(place), value)
            for place, value in wanted.items()
            if to_json(self.values.get(place)) != to_json(value)
        }
        for place, (_, value) in done.items():
            self.values[place] = value
        if done:
            self.log.append(done)
        return bool(done)

    def undo(self, number: int) -> bool:
        """Take operation ``number`` back, if everything is still as it left it."""
        done = self.log[number - 1]
        if any(to_json(self.values.get(place)) != to_json(new) for place, (_, new) in done.items()):
            return False
        return self.change({place: old for place, (old, _) in done.items()})

    def state(self) -> dict[str, object]:
        """Return everything as a centre would."""
        result: dict[str, list[Any]] = {kind.name: [] for kind in KINDS}
        for (kind, _), value in self.values.items():
            if value is not None:
                result[kind_of(kind).name].append(to_json(value))
        return dict(result)


EDIT = st.tuples(
    st.just("edit"),
    st.sampled_from(PEOPLE),
    st.dictionaries(st.integers(0, 2), st.integers(-1, 2), min_size=1, max_size=3),
)
UNDO = st.tuples(st.just("undo"), st.sampled_from(PEOPLE), st.integers(0, 5))
STEPS = st.lists(st.one_of(EDIT, UNDO, UNDO), min_size=LONG, max_size=LONG)


def edit(database: Database, model: Model, who: str, choice: dict[int, int]) -> None:
    """Write some places, −1 deletes, in the centre and in the model."""
    wanted = {
        PLACES[place]: None if number < 0 else variants(number)[place][1]
        for place, number in choice.items()
    }
    with database.write(who, database.clock) as unit:
        for (kind, key), value in wanted.items():
            seen = model.values.get((kind, key))
            if value is None:
                unit.delete(kind, key, seen=seen)
            else:
                unit.put(value, seen=seen)
        operation = unit.commit(message("Edit"))
    assert (operation is not None) == model.change(wanted)


def take_back(database: Database, model: Model, who: str, distance: int, base: int) -> None:
    """Undo one of the last operations in the centre and in the model; both refuse, or none."""
    number = len(model.log) - distance
    if number < 1:
        return
    if model.undo(number):
        written = undo(database, base + number, who, database.clock)
        assert (written.undoes, written.who) == (base + number, who)
    else:
        with pytest.raises(Conflict, match="|".join(PEOPLE)):
            undo(database, base + number, who, database.clock)


@pytest.mark.slow
@settings(
    max_examples=repetitions(300, 5),
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.large_base_example,
    ],
)
@given(steps=STEPS)
def test_fifty_edits_and_undos_end_where_a_model_says(
    centre: Database, steps: list[tuple[Any, ...]]
) -> None:
    with centre.write("sato", centre.clock) as unit:
        for kind, key in PLACES:
            unit.delete(kind, key)
        unit.commit(message("Begin"))
    with centre.read() as store:
        base = len(store.operations())
    model = Model()
    for what, who, choice in steps:
        if what == "edit":
            edit(centre, model, who, choice)
        else:
            take_back(centre, model, who, choice, base)
    assert state(centre) == model.state()
    assert verify(centre) is None
    with centre.read() as store:
        assert [item.id for item in store.operations(base)] == [
            base + place + 1 for place in range(len(model.log))
        ]
        for place, done in enumerate(model.log):
            changes = store.changes(base + place + 1)
            assert {(item.kind, item.key): (item.before, item.after) for item in changes} == {
                (kind_of(kind).name, key): (to_json(old), to_json(new))
                for (kind, key), (old, new) in done.items()
            }


def test_the_model_itself_undoes_redoes_and_refuses(centre: Database) -> None:
    """An example by hand, so that a model that always agrees would be noticed."""
    model = Model()
    edit(centre, model, "sato", {0: 1})
    edit(centre, model, "tanaka", {0: 2, 1: 0})
    take_back(centre, model, "鈴木", 1, 0)
    assert len(model.log) == 2
    take_back(centre, model, "鈴木", 0, 0)
    assert model.values[PLACES[0]].speed_percent == 101
    assert model.values[PLACES[1]] is None
    take_back(centre, model, "sato", 0, 0)
    assert model.values[PLACES[0]].speed_percent == 102
    assert state(centre) == model.state()
    with centre.read() as store:
        assert [item.undoes for item in store.operations()] == [None, None, 2, 3]
    with pytest.raises(WfmError, match="5"):
        undo(centre, 5, "sato", centre.clock)
