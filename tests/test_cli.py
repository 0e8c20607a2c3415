"""The command line's contract: forms, machine-readable results, exit status, clean stdout."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from ui.cli import main

AS_OF = "2026-11-23"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run one command and return status, stdout and stderr."""
    capsys.readouterr()
    status = main(list(arguments))
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A sample centre as of 2026-11-23, made once for the commands that only read or re-plan."""
    path = tmp_path_factory.mktemp("centre") / "sample.toban"
    assert main(["new", str(path), "--sample", "--as-of", AS_OF]) == 0
    return str(path)


def test_a_stand_alone_staffing_answers_with_the_documented_keys(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, _ = run(
        capsys, "staff", "--model", "erlang-c", "--volume", "100", "--interval-min", "30", "--aht",
        "180", "--service-level", "0.8", "--threshold", "20", "--shrinkage", "0.3", "--json",
    )  # fmt: skip
    result = json.loads(out)
    assert status == 0
    assert set(result) == {
        "agents", "agents_with_shrinkage", "offered_erlangs", "service_level", "answer_rate",
        "asa_s", "occupancy", "wait_probability",
    }  # fmt: skip
    assert (result["agents"], result["agents_with_shrinkage"]) == (14, 20)
    assert result["offered_erlangs"] == pytest.approx(10)
    assert result["service_level"] == pytest.approx(0.888350019179, abs=1e-9)
    assert result["asa_s"] == pytest.approx(7.83593701, abs=1e-6)


@pytest.mark.parametrize(
    "arguments",
    [
        ("staff", "--model", "erlang-a", "--volume", "9", "--interval-min", "30", "--aht", "180",
         "--service-level", "0.8", "--threshold", "20"),
        ("staff", "--model", "erlang-c", "--volume", "9", "--interval-min", "30", "--aht", "180",
         "--answer-rate", "0.95"),
        ("staff", "--model", "erlang-c", "--volume", "9", "--interval-min", "30", "--aht", "180"),
        ("staff", "--model", "erlang-c", "--volume", "9"),
        ("staff", "--model", "erlang-c", "--volume", "9", "--interval-min", "30", "--aht", "180",
         "--service-level", "1.0", "--threshold", "20"),
        ("staff", "--model", "erlang-c", "--volume", "-9", "--interval-min", "30", "--aht", "180",
         "--asa", "20"),
        ("staff", "--model", "abacus"),
        ("forecast",),
        ("forecast", "--history", "x.csv"),
        ("forecast", "--history", "x.csv", "--horizon-days", "7", "--method", "tea-leaves"),
        ("solve", "problem.json"),
        ("export", "roster", "x.toban", "--format", "papyrus", "--out", "x"),
        ("new",),
        ("no-such-command",),
    ],
)  # fmt: skip
def test_a_wrong_call_is_a_usage_error_with_status_2(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    status, out, err = run(capsys, *arguments)
    assert status == 2
    assert out == ""
    assert err.strip()


@pytest.mark.parametrize(
    "arguments",
    [
        ("forecast", "nowhere.toban", "--week", "next"),
        ("plan", "nowhere.toban", "--out", "somewhere"),
        ("check", "a.json", "b.json"),
        ("import", "acd", "nothing.csv", "--into", "nowhere.toban"),
        ("undo", "nowhere.toban", "1"),
    ],
)
def test_a_file_that_is_not_there_is_a_sentence_and_status_1(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    status, _, err = run(capsys, *arguments)
    assert status == 1
    assert "Traceback" not in err
    assert any(name in err for name in ("nowhere.toban", "a.json", "nothing.csv"))
    assert list(tmp_path.iterdir()) == []


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    from ui.cli import COMMANDS

    for name in COMMANDS:
        status, out, _ = run(capsys, name, "--help")
        assert status == 0, name
        assert "--help" in out


def test_a_new_centre_never_overwrites_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.toban"
    path.write_text("precious")
    status, _, err = run(capsys, "new", str(path))
    assert status == 1
    assert "a.toban" in err
    assert path.read_text() == "precious"


def test_next_week_is_the_week_after_the_as_of_date(
    capsys: pytest.CaptureFixture[str], sample: str
) -> None:
    status, out, _ = run(capsys, "forecast", sample, "--week", "next", "--json")
    first = json.loads(out)["intervals"][0]
    assert status == 0
    assert first["interval_start"] == "2026-11-30T00:00"


def test_staffing_a_week_without_a_forecast_says_what_to_run_first(
    capsys: pytest.CaptureFixture[str], sample: str
) -> None:
    status, _, err = run(capsys, "staff", sample, "--week", "2027-W02")
    assert status == 1
    assert "2027-W02" in err


def test_a_history_file_alone_is_forecast_by_queue_and_interval(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    history, out = tmp_path / "history.csv", tmp_path / "forecast.csv"
    start = datetime(2026, 9, 7)
    with history.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["interval_start", "queue", "offered", "aht_s"])
        for step in range(8 * 7 * 48):
            moment = start + timedelta(minutes=30 * step)
            calls = 20 + moment.weekday() if 9 <= moment.hour < 18 else 0
            table.writerow([moment.isoformat(sep=" "), "sales", calls, 240])
    status, _, _ = run(
        capsys, "forecast", "--history", str(history), "--horizon-days", "14", "--holidays", "JP",
        "--out", str(out),
    )  # fmt: skip
    assert status == 0
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [
        "interval_start", "queue", "volume", "aht_s", "p10", "p25", "p50", "p75", "p90",
    ]  # fmt: skip
    assert len(rows) == 14 * 48
    noon = {row["interval_start"]: row for row in rows}["2026-11-04T12:00"]
    assert float(noon["volume"]) == pytest.approx(22, abs=1)
    assert float(noon["aht_s"]) == pytest.approx(240, abs=1)
    levels = [float(noon[name]) for name in ("p10", "p25", "p50", "p75", "p90")]
    assert levels == sorted(levels)


def test_an_operation_is_listed_undone_and_listed_again(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = str(tmp_path / "c.toban")
    run(capsys, "new", path, "--sample", "--as-of", AS_OF)
    _, out, _ = run(capsys, "log", path, "--json")
    filled = json.loads(out)["operations"][-1]
    status, _, _ = run(capsys, "undo", path, str(filled["id"]))
    assert status == 0
    _, out, _ = run(capsys, "log", path, "--json")
    log = json.loads(out)
    assert log["first_broken"] is None
    assert log["operations"][-1]["undoes"] == filled["id"]
    status, _, err = run(capsys, "plan", path, "--out", str(tmp_path / "out"))
    assert status == 1
    assert err.strip()


def test_a_backup_is_a_centre_of_its_own(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, sample: str
) -> None:
    target = tmp_path / "copy.toban"
    status, out, _ = run(capsys, "backup", sample, "--out", str(target), "--json")
    assert status == 0
    assert Path(json.loads(out)["backup"]) == target
    status, out, _ = run(capsys, "log", str(target), "--json")
    assert status == 0
    assert json.loads(out)["operations"]


def test_stdout_holds_the_json_and_nothing_else(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "new", str(tmp_path / "x.toban"), "--json"],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    assert json.loads(done.stdout)["agents"] == 0


@pytest.mark.slow
def test_the_doctor_finds_every_part_working(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "doctor", "--json")
    result = json.loads(out)
    assert status == 0, result
    assert {"versions", "fonts", "display", "database", "solver"} == set(result)
    assert all(item["ok"] for key, item in result.items() if key != "display")


def test_the_sample_is_current_to_the_day_before_as_of(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _, out, _ = run(
        capsys, "new", str(tmp_path / "s.toban"), "--sample", "--as-of", AS_OF, "--json"
    )
    result = json.loads(out)
    assert result["agents"] == 60
    assert result["history_until"] == str(date(2026, 11, 22))
