"""The whole line without a window, from contacts to payroll, proven from outside."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.oracle.roster_checker import hard_violations, objective
from ui.cli import main
from ui.commands.plan import plan_into
from wfm.clock import fixed_clock
from wfm.model.time import week_horizon
from wfm.workspace import Workspace

NOW = fixed_clock(datetime(2026, 11, 23, 9, tzinfo=UTC))
WEEK = week_horizon(date(2026, 11, 30))
KEYS = {
    "agents", "intervals", "required_agent_hours", "supplied_agent_hours",
    "understaffed_agent_hours", "overstaffed_agent_hours", "objective", "lower_bound", "gap",
    "gap_of_required", "hard_violations", "seconds",
}  # fmt: skip


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a plan of the sample centre's next week, made once."""
    folder = tmp_path_factory.mktemp("plan")
    path = str(folder / "sample.toban")
    as_of = date(2026, 11, 23)
    with Workspace.create(path, "planner", clock=NOW, sample_as_of=as_of) as workspace:
        plan_into(workspace, "2026-W49", folder / "out", time_limit_s=20)
    return folder


@pytest.mark.slow
def test_the_sample_week_is_planned_without_a_hard_violation(planned: Path) -> None:
    summary = json.loads((planned / "out" / "summary.json").read_text())
    problem = json.loads((planned / "out" / "problem.json").read_text())
    roster = json.loads((planned / "out" / "roster.json").read_text())
    assert set(summary) >= KEYS
    assert hard_violations(problem, roster) == []
    assert summary["hard_violations"] == 0
    assert (summary["agents"], summary["intervals"]) == (60, 672)


@pytest.mark.slow
def test_objective_bound_and_gap_are_what_an_outsider_computes(planned: Path) -> None:
    summary = json.loads((planned / "out" / "summary.json").read_text())
    problem = json.loads((planned / "out" / "problem.json").read_text())
    roster = json.loads((planned / "out" / "roster.json").read_text())
    cost = objective(problem, roster)
    assert cost == pytest.approx(summary["objective"], abs=1e-6)
    assert cost == pytest.approx(roster["objective"], abs=1e-6)
    assert 0 < summary["lower_bound"] <= cost
    gap = (cost - summary["lower_bound"]) / cost
    assert summary["gap"] == pytest.approx(gap, abs=1e-9)
    assert gap < 0.35
    assert summary["gap_of_required"] == pytest.approx(
        (cost - summary["lower_bound"]) / 4 / summary["required_agent_hours"]
    )


@pytest.mark.slow
def test_required_hours_are_the_sum_of_the_demand_and_supply_excludes_breaks(
    planned: Path,
) -> None:
    summary = json.loads((planned / "out" / "summary.json").read_text())
    problem = json.loads((planned / "out" / "problem.json").read_text())
    roster = json.loads((planned / "out" / "roster.json").read_text())
    required = sum(sum(item["required"]) for item in problem["demands"]) / 4
    speed = {item["key"]: item["speed_percent"] / 100 for item in problem["agents"]}
    supplied = sum(
        speed[duty["agent"]]
        * (duty["end"] - duty["start"] - sum(item["length"] for item in duty["breaks"]))
        for duty in roster["duties"]
    )
    assert summary["required_agent_hours"] == pytest.approx(required)
    assert summary["supplied_agent_hours"] == pytest.approx(supplied / 60)
    assert summary["supplied_agent_hours"] - summary["overstaffed_agent_hours"] == pytest.approx(
        required - summary["understaffed_agent_hours"]
    )


@pytest.mark.slow
def test_every_long_duty_has_its_breaks_placed(planned: Path) -> None:
    roster = json.loads((planned / "out" / "roster.json").read_text())
    assert len(roster["duties"]) > 250
    for duty in roster["duties"]:
        unpaid = sum(item["length"] for item in duty["breaks"] if not item["paid"])
        worked = duty["end"] - duty["start"] - unpaid
        assert unpaid >= (60 if worked > 480 else 45 if worked > 360 else 0)


@pytest.mark.slow
def test_the_payroll_file_holds_the_roster_s_worked_time(planned: Path) -> None:
    roster = json.loads((planned / "out" / "roster.json").read_text())
    with (planned / "out" / "payroll-2026-12.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    column = "Worked"
    hours = [cell.split(":") for cell in (row[column] for row in rows)]
    exported = sum(int(hour) * 60 + int(minute) for hour, minute in hours)
    worked = sum(
        duty["end"] - duty["start"]
        - sum(item["length"] for item in duty["breaks"] if not item["paid"])
        for duty in roster["duties"]
        if duty["day"] >= "2026-12-01"
    )  # fmt: skip
    assert exported == worked
    assert len(rows) == 60


@pytest.mark.slow
def test_the_roster_is_kept_and_exported_in_every_format(
    planned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    centre = str(planned / "sample.toban")
    for name in ("csv", "xlsx", "ics", "pdf"):
        target = planned / f"roster.{name}"
        status = main(
            ["export", "roster", centre, "--week", "2026-W49", "--format", name, "--out",
             str(target)]
        )  # fmt: skip
        assert status == 0, capsys.readouterr().err
        assert target.stat().st_size > 1000
    assert (planned / "out" / "coverage.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
def test_check_finds_a_tampered_roster_illegal(
    planned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem, roster = planned / "out" / "problem.json", planned / "out" / "roster.json"
    assert main(["check", str(problem), str(roster)]) == 0
    data = json.loads(roster.read_text())
    first = data["duties"][0]
    data["duties"].append({**first, "start": first["start"] + 15, "end": first["end"] + 15})
    broken = planned / "broken.json"
    broken.write_text(json.dumps(data))
    capsys.readouterr()
    assert main(["check", str(problem), str(broken), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["hard"] >= 1


@pytest.mark.slow
def test_a_bound_is_shown_only_while_the_week_is_the_one_it_was_proven_for(planned: Path) -> None:
    path = str(planned / "sample.toban")
    summary = json.loads((planned / "out" / "summary.json").read_text())
    with Workspace.open(path, "planner", clock=NOW) as workspace:
        state = workspace.week_state(WEEK)
        assert state.run is not None
        assert state.run.lower_bound == summary["lower_bound"]
        assert state.objective == pytest.approx(summary["objective"])
        accepted = [item for item in workspace.log.last(50) if "Accept" in str(item.text)]
        undone = workspace.log.undo(accepted[-1].id).operation
        assert undone is not None
        assert workspace.week_state(WEEK).run is None
        workspace.log.undo(undone.id)
        assert workspace.week_state(WEEK).run is not None


@pytest.mark.slow
def test_undoing_the_accepted_roster_brings_back_the_week_before_it(planned: Path) -> None:
    path = str(planned / "sample.toban")
    with Workspace.open(path, "planner", clock=NOW) as workspace:
        accepted = [item for item in workspace.log.last(50) if "roster" in str(item.text)]
        before = len(workspace.week_state(WEEK).centre.roster.duties)
        outcome = workspace.log.undo(accepted[-1].id)
        assert before > 250
        assert workspace.week_state(WEEK).centre.roster.duties == ()
        assert outcome.operation is not None
        workspace.log.undo(outcome.operation.id)
        assert len(workspace.week_state(WEEK).centre.roster.duties) == before
        assert workspace.log.first_broken() is None


@pytest.mark.slow
def test_real_contact_history_runs_through_import_forecast_and_staffing(
    bench_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import gzip

    source = bench_data / "arrivals" / "vanad_2014_15min.csv.gz"
    history, mapping = tmp_path / "vanad.csv", tmp_path / "map.toml"
    queues = {"q5", "q20"}
    with gzip.open(source, "rt", newline="") as file, history.open("w", newline="") as out:
        table = csv.writer(out)
        table.writerow(
            ["Interval Start", "Queue", "Offered", "Answered", "Abandoned",
             "Total Handle Time (Seconds)"]
        )  # fmt: skip
        offered = 0
        for row in csv.DictReader(file):
            if row["queue"] in queues and row["interval_start"] >= "2014-05-01":
                offered += int(row["offered"])
                table.writerow(
                    [row["interval_start"], row["queue"], row["offered"], row["answered"],
                     row["abandoned"], row["handle_s"]]
                )  # fmt: skip
    centre = str(tmp_path / "real.toban")
    assert main(["new", centre, "--name", "Rotterdam"]) == 0
    status = main(
        ["import", "acd", str(history), "--into", centre, "--save-map", str(mapping), "--json"]
    )
    result = json.loads(capsys.readouterr().out)
    assert status == 0, result
    assert result["rejected"] == 0
    assert mapping.is_file()
    assert main(["forecast", centre, "--week", "next", "--json"]) == 0
    intervals = json.loads(capsys.readouterr().out)["intervals"]
    week = sum(item["volume"] for item in intervals)
    weeks = (date(2014, 9, 28) - date(2014, 5, 1)) / timedelta(days=7)
    assert week == pytest.approx(offered / weeks, rel=0.25)
    assert main(["staff", centre, "--week", "next", "--json"]) == 0
    staffed = json.loads(capsys.readouterr().out)["queues"]
    assert {item["queue"] for item in staffed} == queues
    assert all(item["agent_hours"] > 50 for item in staffed)
    assert main(["import", "acd", str(history), "--into", centre, "--map", str(mapping)]) == 0


def test_an_imported_file_twice_changes_nothing_the_second_time(tmp_path: Path) -> None:
    history = tmp_path / "acd.csv"
    start = datetime(2026, 11, 2)
    with history.open("w", newline="", encoding="cp932") as file:
        table = csv.writer(file)
        table.writerow(["日時", "窓口", "着信数", "応答数", "放棄呼", "総処理時間(秒)"])
        for step in range(48 * 7):
            moment = start + timedelta(minutes=30 * step)
            calls = 12 if 9 <= moment.hour < 18 else 0
            table.writerow(
                [moment.strftime("%Y/%m/%d %H:%M"), "代表", calls, calls, 0, calls * 300]
            )
    with Workspace.create(str(tmp_path / "c.toban"), "planner", clock=NOW) as workspace:
        first = workspace.imports.acd(history)
        second = workspace.imports.acd(history)
        assert first.accepted == 336
        assert first.operation is not None
        assert second.operation is None
        assert workspace.counts()["history_until"] == "2026-11-08"
        assert workspace.site.as_of == date(2026, 11, 9)


@pytest.mark.slow
def test_an_empty_centre_is_planned_from_a_file_of_people_and_a_file_of_contacts(
    tmp_path: Path,
) -> None:
    people, history = tmp_path / "people.csv", tmp_path / "acd.csv"
    people.write_text(
        "従業員番号,氏名,チーム,雇用形態,電話\n"
        "1,山田 太郎,A,フルタイム（8時間）,○\n"
        "2,鈴木 花子,A,フルタイム（8時間）,○\n"
        "3,佐藤 次郎,A,パート（週24時間以内）,○\n",
        encoding="cp932",
    )
    start = datetime(2026, 10, 5)
    with history.open("w", newline="", encoding="utf-8-sig") as file:
        table = csv.writer(file)
        table.writerow(["日時", "窓口", "着信数", "応答数", "総処理時間(秒)"])
        for step in range(48 * 7 * 6):
            moment = start + timedelta(minutes=30 * step)
            calls = 5 if 9 <= moment.hour < 18 else 0
            table.writerow([moment.strftime("%Y/%m/%d %H:%M"), "電話", calls, calls, calls * 240])
    with Workspace.create(str(tmp_path / "c.toban"), "planner", clock=NOW) as workspace:
        assert workspace.imports.people(people).accepted == 3
        assert workspace.imports.acd(history).rejected == 0
        summary = plan_into(workspace, "next", tmp_path / "out", time_limit_s=5)
    assert summary["hard_violations"] == 0
    assert summary["agents"] == 3
    assert summary["supplied_agent_hours"] > 80
