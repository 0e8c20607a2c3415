"""Goals of queues, and required staff that knows whether it is up to date."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.errors import Conflict, ProblemsError, WfmError
from wfm.forecasting.editing import VOLUME, scaled
from wfm.model.time import Horizon
from wfm.model.workload import Queue
from wfm.staffing.goal_sheet import PRESETS, GoalSheet, goal_sheet, sheet_problems, with_goals
from wfm.workspace import Workspace


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.toban"
    with Workspace.create(
        str(path), "planner", language="ja", sample_as_of=date(2026, 11, 23)
    ) as made:
        horizon = made.week_horizon("next")
        made.demand.make_forecast(horizon)
        made.demand.make_requirement(horizon)
    return path


@pytest.fixture
def workspace(sample: Path, tmp_path: Path) -> Iterator[Workspace]:
    copy = Path(shutil.copy(sample, tmp_path / "copy.toban"))
    with Workspace.open(str(copy), "planner") as made:
        yield made


@pytest.fixture
def horizon(workspace: Workspace) -> Horizon:
    return workspace.week_horizon("next")


def stale(workspace: Workspace, horizon: Horizon) -> list[str]:
    return [item.queue.key for item in workspace.demand.staffing_state(horizon).stale]


def queue_of(workspace: Workspace, horizon: Horizon, key: str = "phone_general") -> Queue:
    found = workspace.demand.staffing_state(horizon).of(key)
    assert found is not None
    return found.queue


def test_other_goals_make_the_required_staff_stale_until_it_is_computed_again(
    workspace: Workspace, horizon: Horizon
) -> None:
    assert stale(workspace, horizon) == []
    queue = queue_of(workspace, horizon)
    workspace.demand.set_goals(queue, replace(goal_sheet(queue), service_level=95.0))
    assert stale(workspace, horizon) == ["phone_general"]
    before = workspace.demand.staffing_state(horizon).agents("phone_general").sum()
    workspace.demand.make_requirement(horizon)
    assert stale(workspace, horizon) == []
    assert workspace.demand.staffing_state(horizon).agents("phone_general").sum() > before


def test_other_numbers_of_the_forecast_make_it_stale_and_undo_makes_it_current(
    workspace: Workspace, horizon: Horizon
) -> None:
    shown = workspace.demand.forecast_state(horizon).of("chat")
    assert shown is not None
    assert shown.forecast is not None
    slots = np.flatnonzero(shown.is_open).tolist()
    edit = scaled(shown.forecast, shown.queue, VOLUME, slots, 30.0)
    workspace.demand.edit_forecast(shown.forecast, edit)
    assert stale(workspace, horizon) == ["chat"]
    workspace.log.undo(workspace.log.last(1)[0].id)
    assert stale(workspace, horizon) == []


def test_a_change_that_asks_for_the_same_staff_makes_nothing_stale(
    workspace: Workspace, horizon: Horizon
) -> None:
    queue = queue_of(workspace, horizon, "mail")
    workspace.demand.set_goals(queue, replace(goal_sheet(queue), response_minutes=241))
    assert stale(workspace, horizon) == []


def test_goals_of_what_somebody_else_changed_are_refused(
    workspace: Workspace, horizon: Horizon
) -> None:
    queue = queue_of(workspace, horizon)
    sheet = goal_sheet(queue)
    workspace.demand.set_goals(queue, replace(sheet, shrinkage=10.0))
    with pytest.raises(Conflict):
        workspace.demand.set_goals(queue, replace(sheet, shrinkage=20.0))


def test_every_wrong_field_is_named_in_one_go(workspace: Workspace, horizon: Horizon) -> None:
    queue = queue_of(workspace, horizon)
    wrong = replace(goal_sheet(queue), service_level=120.0, shrinkage=95.0, patience_s=None)
    with pytest.raises(ProblemsError) as raised:
        workspace.demand.set_goals(queue, wrong)
    assert [item.column for item in raised.value.problems] == [
        "service_level", "shrinkage", "patience_s",
    ]  # fmt: skip
    assert queue_of(workspace, horizon) == queue


def test_a_number_is_explained_by_its_forecast_and_goals(
    workspace: Workspace, horizon: Horizon
) -> None:
    words = [str(item) for item in workspace.demand.explain_number(horizon, "phone_general", 48)]
    assert any("erlang" in item for item in words)
    assert any("shrinkage" in item for item in words)
    closed = workspace.demand.explain_number(horizon, "phone_general", 0)
    assert [str(item) for item in closed] == ["The queue is closed then, so nobody is needed"]


def test_explaining_without_a_forecast_says_what_to_do(workspace: Workspace) -> None:
    later = workspace.week_horizon("2026-W52")
    with pytest.raises(WfmError, match="Forecast the week first"):
        workspace.demand.explain_number(later, "phone_general", 48)


def test_hours_by_day_add_up_to_the_agents_of_the_grid(
    workspace: Workspace, horizon: Horizon
) -> None:
    state = workspace.demand.staffing_state(horizon)
    whole = state.hours_by_day().sum()
    assert whole == pytest.approx(state.agents().sum() / 4)
    assert whole == pytest.approx(
        sum(state.hours_by_day(item.queue.key).sum() for item in state.queues)
    )
    assert state.hours_by_day(shrinkage=False).sum() < whole
    assert not state.knows_before


def test_a_set_of_goals_comes_back_as_it_was_entered() -> None:
    queue = Queue("q", "Q", "q")
    for preset in PRESETS:
        sheet = preset.applied(goal_sheet(queue))
        assert sheet_problems(sheet, "phone") == ()
        assert goal_sheet(with_goals(queue, sheet)) == replace(sheet, threshold_s=sheet.threshold_s)


@given(
    st.builds(
        GoalSheet,
        service_level=st.none() | st.floats(-10, 120),
        threshold_s=st.floats(-5, 100_000),
        answer_rate=st.none() | st.floats(-10, 120),
        asa_s=st.none() | st.floats(-5, 300),
        patience_s=st.none() | st.floats(-5, 600),
        max_occupancy=st.floats(0, 120),
        shrinkage=st.floats(-10, 120),
        concurrency=st.integers(-1, 30),
        response_minutes=st.integers(-10, 30_000),
    ),
    st.sampled_from(["phone", "chat", "mail", "social", "outbound"]),
)
def test_a_sheet_is_either_refused_with_words_or_becomes_a_valid_queue(
    sheet: GoalSheet, channel: str
) -> None:
    queue = Queue("q", "Q", "q", channel)
    if sheet_problems(sheet, channel):
        with pytest.raises(ProblemsError):
            with_goals(queue, sheet)
        return
    changed = with_goals(queue, sheet)
    assert (changed.key, changed.channel, changed.opening) == ("q", channel, queue.opening)
    assert sheet_problems(goal_sheet(changed), channel) == ()
