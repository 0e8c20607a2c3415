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


def test_the_history_is_shown_and_written_in_a_form_the_forecast_reads(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, sample: str
) -> None:
    out = tmp_path / "history.csv"
    status, printed, _ = run(capsys, "history", sample, "--out", str(out), "--json")
    assert status == 0
    queues = {item["queue"]: item for item in json.loads(printed)["queues"]}
    phone = queues["phone_general"]
    assert (phone["last"], phone["days"], phone["gaps"]) == ("2026-11-22", 182, [])
    with out.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["queue"] == "phone_general"]
    assert len(rows) == 182 * 48
    assert sum(float(row["offered"] or 0) for row in rows) == pytest.approx(phone["offered"])
    status, _, _ = run(
        capsys, "forecast", "--history", str(out), "--horizon-days", "7", "--out",
        str(tmp_path / "f.csv"),
    )  # fmt: skip
    assert status == 0


def test_a_gap_in_opening_hours_and_an_odd_day_are_pointed_out(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    history, centre = tmp_path / "acd.csv", str(tmp_path / "c.toban")
    start = datetime(2026, 9, 7)
    with history.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["Interval Start", "Queue", "Offered", "Answered"])
        for step in range(10 * 7 * 48):
            moment = start + timedelta(minutes=30 * step)
            if moment.date() == date(2026, 10, 14) and moment.hour == 10:
                continue
            calls = 0 if moment.date() == date(2026, 10, 20) else 30 + moment.hour
            table.writerow([moment.isoformat(sep=" "), "sales", calls, calls])
    run(capsys, "new", centre)
    assert run(capsys, "import", "acd", str(history), "--into", centre)[0] == 0
    status, out, _ = run(capsys, "history", centre, "--json")
    (queue,) = json.loads(out)["queues"]
    assert status == 0
    assert queue["gaps"] == [{"day": "2026-10-14", "start": "10:00", "end": "11:00"}]
    assert "2026-10-20" in [item["day"] for item in queue["odd_days"]]


def test_required_staff_is_explained_step_by_step(
    capsys: pytest.CaptureFixture[str], sample: str
) -> None:
    run(capsys, "forecast", sample, "--week", "2026-W50")
    status, out, _ = run(capsys, "staff", sample, "--week", "2026-W50", "--explain", "--json")
    queues = json.loads(out)["queues"]
    assert status == 0
    assert all(len(item["explained"]) >= 3 for item in queues)
    phone = next(item for item in queues if item["queue"] == "phone_general")
    assert any("Erlang A" in step for step in phone["explained"])
    assert any("shrinkage" in step for step in phone["explained"])


def test_the_burdens_of_a_past_week_are_those_of_its_duties(
    capsys: pytest.CaptureFixture[str], sample: str
) -> None:
    status, out, _ = run(capsys, "fairness", sample, "--week", "2026-W46", "--json")
    shares = json.loads(out)["agents"]
    assert status == 0
    assert len(shares) == 60
    assert max(item["worked_minutes"] for item in shares) == 2400
    assert sum(item["lates"] for item in shares) > 20


def test_a_backup_is_put_back_and_what_lay_there_is_kept(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    centre, copy = tmp_path / "c.toban", tmp_path / "copy.toban"
    run(capsys, "new", str(centre), "--name", "before")
    run(capsys, "backup", str(centre), "--out", str(copy))
    _, out, _ = run(capsys, "log", str(centre), "--json")
    number = json.loads(out)["operations"][-1]["id"]
    run(capsys, "undo", str(centre), str(number))
    status, _, err = run(capsys, "restore", str(copy), str(centre))
    assert status == 0
    (kept,) = tmp_path.glob("c-replaced-*.toban")
    assert kept.name in err
    _, out, _ = run(capsys, "log", str(centre), "--json")
    assert len(json.loads(out)["operations"]) == 1
    _, out, _ = run(capsys, "log", str(kept), "--json")
    assert len(json.loads(out)["operations"]) == 2
    damaged = tmp_path / "damaged.toban"
    damaged.write_bytes(copy.read_bytes()[:5000])
    status, _, err = run(capsys, "restore", str(damaged), str(centre))
    assert status == 1
    assert "damaged.toban" in err
    assert run(capsys, "log", str(centre))[0] == 0


def test_an_entry_is_erased_and_a_head_noted_before_still_fits(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    centre = str(tmp_path / "c.toban")
    run(capsys, "new", centre)
    _, out, _ = run(capsys, "log", centre, "--json")
    head = json.loads(out)["head"]
    status, out, _ = run(capsys, "log", centre, "--erase", "1", "--since-head", head, "--json")
    log = json.loads(out)
    assert (status, log["first_broken"]) == (0, None)
    assert len(log["operations"]) == 2
    assert run(capsys, "undo", centre, "1")[0] == 1
    number, _, seal = head.partition(":")
    forged = f"{number}:{seal[::-1]}"
    _, out, _ = run(capsys, "log", centre, "--since-head", forged, "--json")
    assert json.loads(out)["first_broken"] is not None
    assert run(capsys, "log", centre, "--since-head", "seven")[0] == 2
