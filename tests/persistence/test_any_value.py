"""Whatever a kind can hold comes back the same from table and log; the rest is told."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.conftest import repetitions
from tests.persistence.test_store import put
from tests.persistence.test_undo import state
from tests.persistence.values import MONDAY, agent, one_of_each, week
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.activity import ShiftKind
from wfm.model.aims import AIMS, STRENGTHS, Aim, Aims
from wfm.model.house_rule import HouseRule
from wfm.model.people import Agent, Availability, Balance, Contract, Leave, Skill, Team, Wish
from wfm.model.request import AgentDay, Request
from wfm.model.roster import AgentWeek, Duty
from wfm.model.run import RUN_NAMES, RUN_PARTS, WISHED_KINDS, RunRequest, RunScope, WishedDay
from wfm.model.site import ExportRecord, ImportMapping, RunRecord, Site
from wfm.model.time import Horizon
from wfm.model.workload import Forecast, HistoryDay, Queue, Requirement, SpecialDay
from wfm.persistence import KINDS, Database, erase_payload, kind_of, undo, verify
from wfm.persistence.kinds import same

EMPTY = np.array([])
HORIZON = Horizon(MONDAY, 1)

BARE: tuple[object, ...] = (
    Site(""),
    Skill("", ""),
    Team("t", ""),
    Queue("q", "", "", opening={}, goals=(), patience_s=None, under_costs=()),
    Contract("c", "", ()),
    ShiftKind("s", "", "", 0, 0, 1, (1,)),
    HouseRule("", ""),
    Agent("a", "", "", "", ""),
    Availability("a"),
    Leave("a", date.min, "", 0, approved=False),
    Wish("a", date.max),
    Balance("a", MONDAY, -600, paid_leave_days=-0.5),
    SpecialDay(MONDAY, ""),
    HistoryDay("q", MONDAY, 15, {}),
    Forecast("q", HORIZON, EMPTY, EMPTY),
    Requirement("q", "", HORIZON, EMPTY, EMPTY),
    AgentWeek("a", MONDAY, (), (), ()),
    Request("r", "", "a", MONDAY),
    RunRecord("r", MONDAY, 0, "", {}, {}, "", 0.0, -0.0, 5e-324),
    ImportMapping("m"),
    ExportRecord("e", "", "", "", "", "", 0, ""),
)


def found_again(database: Database, value: Any) -> bool:
    """Tell whether a centre returns an equal value of the same key."""
    kind = kind_of(type(value))
    with database.read() as store:
        return same(store.get(type(value), kind.key(value)), value)


def survives(database: Database, values: list[Any]) -> None:
    """Write values, take them back, put them in again: twice through the log, in two states."""
    before = state(database)
    number = put(database, *values)
    assert all(found_again(database, value) for value in values)
    back = undo(database, number, "sato", database.clock)
    assert state(database) == before
    undo(database, back.id, "sato", database.clock)
    assert all(found_again(database, value) for value in values)


def test_every_kind_has_a_bare_example() -> None:
    missing = {kind.name for kind in KINDS} - {kind_of(type(value)).name for value in BARE}
    assert not missing, f"no bare example of {sorted(missing)}"


def test_values_with_nothing_in_them_survive_the_table_and_the_log(centre: Database) -> None:
    survives(centre, list(BARE))
    assert verify(centre) is None


def test_never_published_and_published_as_off_are_told_apart(centre: Database) -> None:
    put(centre, AgentWeek("a1", MONDAY), AgentWeek("a2", MONDAY, published=()))
    with centre.read() as store:
        assert [item.published for item in store.all(AgentWeek)] == [None, ()]


# --- values nobody thought of --------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=8)
NUMBERS = arrays(np.float64, st.integers(0, 9), elements=st.floats(width=64))
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(1 - 2**31, 2**31 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    date: st.dates(),
    object: TEXT | st.booleans() | st.integers(1 - 2**31, 2**31 - 1),
}
FREE = tuple(
    item.value
    for item in KINDS
    if item.value not in {Site, Queue, Contract, ShiftKind, Forecast, Requirement}
)
"""Kinds whose fields do not restrict each other."""
DAYS = st.lists(st.dates(), min_size=2, max_size=2).map(sorted)
RESTRICTED: dict[Any, st.SearchStrategy[Any]] = {
    Aims: st.permutations(AIMS).flatmap(
        lambda keys: st.tuples(
            *(st.builds(Aim, st.just(key), st.sampled_from(sorted(STRENGTHS))) for key in keys)
        ).map(Aims)
    ),
    RunScope: st.builds(
        lambda days, *rest: RunScope(*days, *rest),
        DAYS | st.just([None, None]),
        st.lists(TEXT, max_size=3).map(tuple),
        st.sampled_from(sorted(RUN_PARTS)),
        st.none() | st.integers(0, 9),
        st.integers(0, 366),
        *(st.integers(0, 10_000),) * 3,
    ),
}
"""Values inside kinds whose fields do restrict each other."""


WISHED = st.builds(
    WishedDay, TEXT, st.dates(), st.sampled_from(sorted(WISHED_KINDS)), TEXT.map("x{}".format),
    st.integers(0, 1439),
)  # fmt: skip


def any_request() -> st.SearchStrategy[RunRequest]:
    """Return what any run was asked for."""
    return st.builds(
        RunRequest,
        RESTRICTED[RunScope],
        st.lists(st.builds(AgentDay, TEXT, st.dates()), max_size=3).map(tuple),
        st.none() | RESTRICTED[Aims],
        st.sampled_from(sorted(RUN_NAMES)),
        st.none() | st.dates(),
        st.none() | WISHED,
    )


def any_of(hint: Any) -> st.SearchStrategy[Any]:
    """Return values of a type hint."""
    if hint in PLAIN:
        return PLAIN[hint]
    if hint is RunRequest:
        return any_request()
    origin, members = get_origin(hint), get_args(hint)
    if origin is np.ndarray:
        return NUMBERS
    if origin in {dict, Mapping}:
        return st.dictionaries(any_of(members[0]), any_of(members[1]), max_size=3)
    if origin is tuple and members[-1] is Ellipsis:
        return st.lists(any_of(members[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*map(any_of, members))
    if origin in {UnionType, Union}:
        return st.one_of(*(st.none() if item is NoneType else any_of(item) for item in members))
    return any_value(hint)


def any_value(kind: Any) -> st.SearchStrategy[Any]:
    """Return values of a class, any value in each field."""
    hints = get_type_hints(kind)
    fields = {item.name: any_of(hints[item.name]) for item in dataclasses.fields(kind)}
    return st.builds(kind, **fields)


@pytest.mark.slow
@settings(
    max_examples=repetitions(1000, 15),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(values=st.tuples(*(any_value(kind) for kind in FREE)))
def test_any_values_survive_the_table_and_the_log(
    centre: Database, values: tuple[Any, ...]
) -> None:
    survives(centre, list(values))
    with centre.write("sato", centre.clock) as unit:
        for kind in KINDS:
            unit.delete_all(kind.value, [kind.key(item) for item in unit.all(kind.value)])
        unit.commit(message("Empty"))


# --- what cannot be stored -----------------------------------------------------------------------


def run(**changes: Any) -> RunRecord:
    """Return a record of a run with some fields changed."""
    (found,) = (item for item in one_of_each() if isinstance(item, RunRecord))
    return replace(found, **changes)


UNSTORABLE: dict[str, tuple[object, str]] = {
    "NUL": (agent("a1", name="花\0子"), "name of agent"),
    "NUL in a key": (week("a\0"), "row_key of agent_week"),
    "a file's name that is no Unicode": (
        HistoryDay("q1", MONDAY, 15, {}, source="acd\udc8a.csv"), "source of history_day",
    ),
    "no Unicode inside": (Site("x", rules={"\udc8a": {"hours": 1}}), "rules of site"),
    "too large a number": (agent("a1", hourly_wage=2**31), "2147483648.*hourly_wage of agent"),
    "far too large a number": (agent("a1", hourly_wage=-(2**63) - 1), "hourly_wage of agent"),
    "not a number": (run(objective=float("nan")), "nan.*objective of run_record"),
    "infinite": (run(lower_bound=float("-inf")), "inf.*lower_bound of run_record"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNSTORABLE)
def test_what_an_engine_cannot_keep_is_a_sentence_on_both_and_nothing_is_written(
    name: str, centre: Database
) -> None:
    value, words = UNSTORABLE[name]
    put(centre, agent("a1"))
    before = state(centre)
    with pytest.raises(WfmError, match=words):
        put(centre, agent("a2"), value)
    assert state(centre) == before
    with centre.read() as store:
        assert len(store.operations()) == 1


@pytest.mark.parametrize("who", ["sa\0to", "sato\udc8a"])
def test_a_name_that_is_no_text_makes_no_change(who: str, centre: Database) -> None:
    with pytest.raises(WfmError, match="name of who"):
        put(centre, agent("a1"), who=who)


LOOKS: tuple[Callable[[Any, str], object], ...] = (
    lambda store, key: store.get(Agent, key) or (),
    lambda store, key: store.where(AgentWeek, agent=key),
    lambda store, key: store.version(Agent, key) or (),
)


@pytest.mark.parametrize("key", ["a\0", "a\udc8a", "", "x" * 100_000, "'; DROP TABLE agent; --"])
def test_whatever_key_is_asked_for_is_only_not_found(key: str, centre: Database) -> None:
    put(centre, agent("a1"))
    with centre.write("sato", centre.clock) as unit:
        assert [look(unit, key) for look in LOOKS] == [()] * len(LOOKS)
        unit.delete(Agent, key)
        assert unit.commit(message("Nothing")) is None
    assert found_again(centre, agent("a1"))


def test_a_sentence_with_the_name_of_a_file_that_is_no_unicode_is_kept_readable(
    centre: Database,
) -> None:
    with centre.write("sato", centre.clock) as unit:
        unit.put(agent("a1"))
        unit.commit(message("Import {file}", file="/tmp/\udc8a花\0.csv"))
    with centre.read() as store:
        assert str(store.operations()[0].text) == "Import /tmp/?花\0.csv"
    assert verify(centre) is None


def test_a_value_is_found_by_its_equal_and_not_by_its_like() -> None:
    day = HistoryDay("q", MONDAY, 15, {"offered": np.array([1.0, np.nan])})
    assert same(day, HistoryDay("q", MONDAY, 15, {"offered": np.array([1.0, np.nan])}))
    assert not same(day, HistoryDay("q", MONDAY, 15, {"offered": np.array([1.0, 0.0])}))
    assert not same(day, HistoryDay("q", MONDAY, 15, {"answered": np.array([1.0, np.nan])}))
    assert not same(AgentWeek("a", MONDAY, published=None), AgentWeek("a", MONDAY, published=()))
    assert not same(week("a"), Duty("a", MONDAY, 0, 1))


def test_erasing_nothing_but_what_exists_is_a_sentence(centre: Database) -> None:
    put(centre, agent("a1"))
    for ids in ([], [99], [-1, 0]):
        with pytest.raises(WfmError, match="contents left"):
            erase_payload(centre, ids, "dpo", centre.clock)
    with centre.read() as store:
        assert len(store.operations()) == 1
