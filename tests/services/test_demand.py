"""Before a roster is built, what is missing or stale of its demand is made first, and only that."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.services.small_centre import HORIZON, MONDAY, small_centre, write
from wfm.clock import system_clock
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.time import Horizon
from wfm.model.workload import Forecast, HistoryDay
from wfm.workspace import Workspace


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demand") / "sample.toban"
    Workspace.create(str(path), "planner", sample_as_of=date(2026, 11, 23)).close()
    return path


@pytest.fixture
def workspace(sample: Path, tmp_path: Path) -> Iterator[Workspace]:
    copy = tmp_path / "copy.toban"
    shutil.copy(sample, copy)
    with Workspace.open(str(copy), "planner") as made:
        yield made


@pytest.fixture
def horizon(workspace: Workspace) -> Horizon:
    return workspace.week_horizon("next")


def prepare(workspace: Workspace, horizon: Horizon) -> list[str]:
    """Make what is missing; return the kinds written and the notes."""
    found = []
    for outcome in (
        workspace.rosters.prepare_forecast(horizon),
        workspace.rosters.prepare_requirement(horizon),
    ):
        if outcome.operation is not None:
            found += sorted({item.kind for item in outcome.operation.changes})
        found += [str(note) for note in outcome.notes]
    return found


def test_a_week_without_forecast_gets_it_and_its_required_staff(
    workspace: Workspace, horizon: Horizon
) -> None:
    assert prepare(workspace, horizon) == [
        "forecast",
        "This week had no forecast yet: it was made first.",
        "requirement",
        "This week had no required staff yet: it was computed first.",
    ]
    workspace.rosters.prepare_build(horizon)


def test_a_week_that_is_up_to_date_is_left_alone(workspace: Workspace, horizon: Horizon) -> None:
    prepare(workspace, horizon)
    head = workspace.log.head()
    assert prepare(workspace, horizon) == []
    assert workspace.log.head() == head


def test_a_forecast_without_required_staff_is_kept(workspace: Workspace, horizon: Horizon) -> None:
    workspace.demand.forecast_week(horizon)
    assert prepare(workspace, horizon)[0] == "requirement"


def test_a_forecast_changed_by_hand_makes_required_staff_anew_and_stays(
    workspace: Workspace, horizon: Horizon
) -> None:
    prepare(workspace, horizon)
    with workspace._session.database.read() as store:
        first = store.where(Forecast, since=horizon.start, until=horizon.end)[0]
    write(workspace, replace(first, volume=first.volume * 2))
    assert prepare(workspace, horizon) == [
        "requirement",
        "The required staff was older than the forecast: it was computed anew.",
    ]
    with workspace._session.database.read() as store:
        kept = store.where(Forecast, since=horizon.start, until=horizon.end)[0]
    assert kept.volume.sum() == pytest.approx(2 * first.volume.sum())


def test_a_queue_whose_forecast_is_missing_gets_only_its_own(
    workspace: Workspace, horizon: Horizon
) -> None:
    prepare(workspace, horizon)
    with workspace._session.database.write("other", system_clock) as unit:
        gone = unit.where(Forecast, since=horizon.start, until=horizon.end)[0]
        unit.delete(Forecast, f"{gone.queue}/{horizon.start}/{horizon.days}")
        unit.commit(message("Delete"))
    outcome = workspace.rosters.prepare_forecast(horizon)
    assert outcome.operation is not None
    assert [item.key for item in outcome.operation.changes] == [
        f"{gone.queue}/{horizon.start}/{horizon.days}"
    ]


def test_history_recorded_later_makes_the_forecast_anew(
    workspace: Workspace, horizon: Horizon
) -> None:
    prepare(workspace, horizon)
    with workspace._session.database.read() as store:
        day = store.all(HistoryDay)[-1]
    columns = {name: values * 3 for name, values in day.columns.items()}
    write(workspace, replace(day, columns=columns))
    assert prepare(workspace, horizon)[1] == (
        "The forecast was older than the history: it was made anew."
    )
    assert prepare(workspace, horizon) == []


def test_required_staff_from_elsewhere_needs_no_forecast(tmp_path: Path) -> None:
    with small_centre(tmp_path) as made:
        with made._session.database.write("other", system_clock) as unit:
            unit.delete(Forecast, f"phone/{MONDAY}/7")
            unit.commit(message("Delete"))
        assert prepare(made, HORIZON) == []


def test_a_centre_without_history_says_what_to_do(tmp_path: Path) -> None:
    with small_centre(tmp_path, required=False) as made, pytest.raises(WfmError):
        made.rosters.prepare_forecast(HORIZON)
