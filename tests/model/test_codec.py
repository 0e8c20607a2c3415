"""The JSON form of the model's values."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.errors import WfmError
from wfm.messages import message
from wfm.model import codec
from wfm.model.change import Change
from wfm.model.people import Agent, Availability, Leave
from wfm.model.problem import AgentProblem, Demand, Option, RosterProblem
from wfm.model.roster import Duty, PlacedBreak
from wfm.model.rule import Automaton, Counter, Distinct, Mask, RuleRef, Succession
from wfm.model.time import week_horizon
from wfm.model.workload import HistoryDay, Queue

WEEK = week_horizon(date(2026, 11, 30))


def problem() -> RosterProblem:
    rule = RuleRef("rest", "company", {"minutes": 660})
    primitives = (
        Mask(rule, 2, (-1, 0)),
        Succession(rule, 660, ((0, 0),), previous_end=-120),
        Counter(rule, (0, 1), "duties", high=1, price=3),
        Automaton(rule, "duties", 0, ((0, 1), (0, -1)), (0,)),
        Distinct(rule, (0, 1, 2), "start", 2),
    )
    agent = AgentProblem("A1", ("phone",), (0,), primitives)
    return RosterProblem(
        WEEK,
        (Option("early", 540, 1080),),
        {"duties": (1,), "start": (540,)},
        (Demand("phone", np.full(WEEK.slots, 2.5)),),
        (agent,),
    )


def test_a_problem_survives_its_document_with_every_primitive() -> None:
    text = codec.dump_document(problem(), "toban.problem/1")
    again = codec.load_document(text, RosterProblem, "toban.problem/1", "p.json")
    assert codec.dump_document(again, "toban.problem/1") == text
    assert again.agents == problem().agents


minutes = st.integers(0, 2880)
texts = st.text(max_size=8)
duties = st.builds(
    Duty,
    agent=texts,
    day=st.dates(),
    start=minutes,
    end=minutes,
    breaks=st.lists(st.builds(PlacedBreak, minutes, minutes, st.booleans()), max_size=3).map(tuple),
    kind=texts,
    letter=texts,
    locked=st.booleans(),
)
values = st.one_of(
    duties,
    st.builds(Leave, agent=texts, day=st.dates(), kind=texts, minutes=minutes),
    st.builds(
        Availability,
        agent=texts,
        weekdays=st.dictionaries(
            st.integers(0, 6), st.lists(st.tuples(minutes, minutes), max_size=2).map(tuple)
        ),
        dates=st.dictionaries(st.dates(), st.just(()), max_size=2),
    ),
)


@given(values)
def test_every_value_equals_what_its_json_is_read_back_as(value: object) -> None:
    data = json.loads(json.dumps(codec.to_json(value), ensure_ascii=False))
    assert codec.from_json(type(value), data) == value


def test_not_recorded_is_null_and_comes_back_as_not_recorded() -> None:
    day = HistoryDay("q", date(2026, 11, 1), 720, {"offered": np.array([np.nan, 3.0])})
    data = codec.to_json(day)
    assert data["columns"]["offered"] == [None, 3]
    again = codec.from_json(HistoryDay, data)
    assert np.isnan(again.columns["offered"][0])
    assert again.columns["offered"][1] == 3


def test_a_message_in_a_value_keeps_its_values() -> None:
    note = message("Only {count} days", count=3)
    assert codec.from_json(type(note), codec.to_json(note)) == note


def test_a_change_keeps_any_json() -> None:
    change = Change("agent", "A1", None, {"name": "佐藤", "skills": {"phone": 2}})
    assert codec.from_json(Change, codec.to_json(change)) == change


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda data: data.pop("horizon"), "“horizon” is missing"),
        (lambda data: data.update(colour="red"), "no field “colour”"),
        (lambda data: data["options"][0].update(start="nine"), r"options\[0\].start"),
        (lambda data: data["agents"][0]["primitives"][0].update(type="Wall"), "Mask"),
        (lambda data: data["demands"][0]["required"].__setitem__(3, "x"), r"required\[3\]"),
        (lambda data: data.update(agents={}), "a list"),
        (lambda data: data["horizon"].update(start="2026-13-01"), "horizon.start"),
        (lambda data: data["horizon"].update(slot_minutes=7), "5, 15, 30 or 60"),
        (lambda data: data.update(format="toban.roster/1"), "not a file of the form"),
    ],
)
def test_a_damaged_problem_is_refused_with_the_place_named(damage: object, words: str) -> None:
    data = json.loads(codec.dump_document(problem(), "toban.problem/1"))
    damage(data)  # type: ignore[operator]
    with pytest.raises(WfmError, match=words):
        codec.load_document(json.dumps(data), RosterProblem, "toban.problem/1", "p.json")


@pytest.mark.parametrize("text", ["", "{", "[1, 2", "nul", "[" * 100_000])
def test_a_text_that_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(WfmError, match="not readable JSON"):
        codec.load_document(text, RosterProblem, "toban.problem/1", "p.json")


def test_whole_numbers_are_written_without_a_decimal_point() -> None:
    assert codec.to_json(Queue("q", "Q", "phone", patience_s=180.0))["patience_s"] == 180
    agent = Agent("a", "1", "A", "t", "c", hired=date(2024, 4, 1))
    assert codec.to_json(agent)["hired"] == "2024-04-01"
