"""`toban why-not | explain | repair | alternatives | runs | aims` from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.services.shift_centre import MONDAY, TUESDAY, duty, leaves, roster, shift_centre, write
from ui.cli import main
from wfm.model.aims import AIMS, Aims
from wfm.model.people import Leave
from wfm.model.roster import AgentWeek
from wfm.workspace import Workspace

WEEK = ("--week", "2026-W49")
QUICK = ("--time-limit", "2", "--workers", "1")


@pytest.fixture
def centre(tmp_path: Path) -> str:
    with shift_centre(tmp_path) as workspace:
        write(workspace, Leave("e", TUESDAY))
    return str(tmp_path / "shifts.toban")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(list(arguments))
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


def test_why_not_names_the_rule_that_forbids_it(centre: str, run: Any) -> None:
    asked = ("why-not", centre, *WEEK, "--agent", "Endo", "--day", "2026-12-01", "--work")
    status, out, err = run(*asked)
    assert status == 1
    assert out.splitlines() == [
        "It cannot be, while all of this holds:", "  On leave on Tue 1 Dec 2026",
    ]  # fmt: skip
    assert "Traceback" not in err
    status, out, _ = run(*asked, "--json")
    found = json.loads(out)
    assert status == 1
    assert (found["possible"], found["rules"]) == (False, ["leave"])


def test_why_not_tells_what_is_so_already_and_what_it_would_cost(centre: str, run: Any) -> None:
    status, out, _ = run(
        "why-not", centre, *WEEK, "--agent", "a", "--day", "2026-12-05", "--off", *QUICK
    )
    assert (status, out) == (0, "It is so already.\n")
    status, out, _ = run(
        "why-not", centre, *WEEK, "--agent", "a", "--day", "2026-12-01", "--off", *QUICK, "--json"
    )
    found = json.loads(out)
    assert status == 0
    assert {"short_hours", "surplus_hours", "cost", "people", "gained", "changes"} <= set(
        found["effect"]
    )
    changed = {(item["agent"], item["day"], item["what"]) for item in found["effect"]["changes"]}
    assert ("a", "2026-12-01", "removed") in changed


def test_explain_names_the_rules_that_cannot_all_be_kept(centre: str, run: Any) -> None:
    status, out, err = run("explain", centre, *WEEK)
    assert (status, out) == (0, "")
    assert "Everybody has a lawful week." in err
    with Workspace.open(centre, "reader") as workspace:
        late, early = duty("a", MONDAY, 780, locked=True), duty("a", TUESDAY, 480, locked=True)
        write(workspace, AgentWeek("a", MONDAY, (late, early)))
    status, out, _ = run("explain", centre, *WEEK, "--agent", "Aoki", "--json")
    (found,) = json.loads(out)["unlawful"]
    assert status == 1
    assert (found["agent"], set(found["rules"])) == ("a", {"lock", "rest"})
    status, out, _ = run("explain", centre, *WEEK)
    assert out.splitlines()[0] == "Aoki has no lawful week while all of this holds:"


@pytest.mark.slow
def test_explain_prices_what_could_give_way(centre: str, run: Any) -> None:
    status, out, _ = run(
        "explain", centre, *WEEK, "--prices", "--time-limit", "1", "--workers", "1", "--json"
    )
    found = json.loads(out)
    assert status == 0
    assert found["prices"]
    gains = [item["gain_hours"] for item in found["prices"]]
    assert gains == sorted(gains, reverse=True)
    assert all(item["seconds"] > 0 for item in found["prices"])


def test_a_repair_prints_changes_and_keeps_them_when_told_so(centre: str, run: Any) -> None:
    asked = ("repair", centre, *WEEK, "--absent", "Aoki:2026-12-01", *QUICK, "--json")
    status, out, _ = run(*asked)
    found = json.loads(out)
    assert (status, found["accepted"]) == (0, False)
    with Workspace.open(centre, "reader") as workspace:
        assert ("a", TUESDAY) in roster(workspace)
    status, out, _ = run(*asked, "--accept")
    assert (status, json.loads(out)["accepted"]) == (0, True)
    with Workspace.open(centre, "reader") as workspace:
        assert ("a", TUESDAY) not in roster(workspace)
        assert Leave("a", TUESDAY, "absence") in leaves(workspace)
    status, out, _ = run("runs", "list", centre, *WEEK, "--json")
    (record,) = json.loads(out)["runs"]
    assert (record["purpose"], record["accepted"]) == ("repair", True)
    status, out, _ = run("runs", "show", centre, record["key"], "--json")
    shown = json.loads(out)
    assert shown["changes"] == []
    assert shown["inputs"]["request"]["absences"] == [{"agent": "a", "day": "2026-12-01"}]


def test_a_run_limited_by_moves_gives_the_same_roster_again(centre: str, run: Any) -> None:
    asked = ("repair", centre, *WEEK, "--absent", "Aoki:2026-12-01", *QUICK, "--moves", "200")
    assert run(*asked, "--accept")[0] == 0
    _, out, _ = run("runs", "list", centre, *WEEK, "--json")
    (record,) = json.loads(out)["runs"]
    assert record["settings"]["iterations"] == 200
    status, out, err = run("runs", "repeat", centre, record["key"])
    assert (status, out, err) == (0, "The same roster came out again.\n", "")


def test_a_roster_built_by_moves_is_built_again_from_its_record(centre: str, run: Any) -> None:
    limits = ("--moves", "200", "--workers", "2", "--seed", "7")
    assert run("solve", centre, *WEEK, *limits)[0] == 0
    _, out, _ = run("runs", "list", centre, *WEEK, "--json")
    (record,) = json.loads(out)["runs"]
    assert (record["purpose"], record["accepted"]) == ("build", True)
    assert record["settings"]["seed"] == 7
    assert run("runs", "repeat", centre, record["key"])[0] == 0


@pytest.mark.slow
def test_three_alternatives_are_kept_and_compared(centre: str, run: Any) -> None:
    status, out, _ = run("alternatives", centre, *WEEK, *QUICK, "--json")
    found = json.loads(out)["alternatives"]
    assert status == 0
    assert [item["purpose"] for item in found] == ["cheapest", "wishes", "least_change"]
    status, out, _ = run("runs", "list", centre, *WEEK)
    assert (status, out.count("cost") + out.count("Cost")) == (0, 3)
    keys = [item["key"] for item in found]
    status, out, _ = run("runs", "compare", centre, keys[0], keys[2], "--json")
    compared = json.loads(out)
    assert status == 0
    assert "They follow other aims." in compared["inputs"]
    assert compared["figures"]["cost"] == [found[0]["figures"]["cost"], found[2]["figures"]["cost"]]


def test_aims_are_shown_and_changed(centre: str, run: Any) -> None:
    status, out, _ = run("aims", centre)
    assert status == 0
    assert out.splitlines()[1].startswith("2. Enough staff (normal): ")
    order = ",".join(["wishes", *(key for key in AIMS if key != "wishes")])
    status, out, _ = run(
        "aims", centre, "--order", order, "--strength", "fairness=strong", "--json"
    )
    assert status == 0
    assert json.loads(out)["aims"][0] == {"key": "wishes", "strength": "normal"}
    with Workspace.open(centre, "reader") as workspace:
        assert workspace.site.aims == Aims().moved("wishes", 0).with_strength("fairness", "strong")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("why-not", "--agent", "a", "--day", "2026-12-01"), 2, "--off, --work"),
        (("why-not", "--agent", "zz", "--day", "2026-12-01", "--off"), 1, "zz is not among"),
        (("why-not", "--agent", "a", "--day", "soon", "--off"), 1, "not a date"),
        (
            ("why-not", "--agent", "a", "--day", "2026-12-01", "--start", "6:00"),
            1,
            "starts at 06:00",
        ),
        (("explain", "--day", "2026-12-01"), 2, "together"),
        (("repair", "--absent", "Aoki"), 2, "NAME:2026-12-01"),
        (("repair", "--absent", "Aoki:2027-01-01"), 1, "not among the days"),
        (("repair", "--from", "2026-12-05", "--to", "2026-12-01"), 1, "before the first day"),
        (("repair", "--notice", "30"), 1, "Nothing of this roster"),
        (("repair", "--only", "shoes"), 2, "shoes"),
        (("alternatives", "--accept", "best"), 2, "best"),
        (("aims", "--order", "wishes"), 1, "each of these once"),
        (("aims", "--strength", "speed=strong"), 1, "no aim “speed”"),
        (("aims", "--strength", "wishes=huge"), 1, "not “huge”"),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_a_status(
    centre: str, run: Any, arguments: tuple[str, ...], status: int, words: str
) -> None:
    week = () if arguments[0] == "aims" else WEEK
    found, out, err = run(arguments[0], centre, *week, *arguments[1:])
    assert (found, out) == (status, "")
    assert words in err
    assert "Traceback" not in err


def test_runs_that_do_not_exist_are_sentences(centre: str, run: Any) -> None:
    for command in ("show", "repeat"):
        status, out, err = run("runs", command, centre, "nothing")
        assert (status, out) == (1, "")
        assert "There is no run nothing." in err
    assert run("runs", "compare", centre, "a", "b")[0] == 1
    assert run("runs", "list", centre, *WEEK) == (0, "", "There is no run of this week yet.\n")


def test_queues_are_shared_out_in_blocks_on_the_screen_as_json_and_as_a_file(
    centre: str, run: Any, tmp_path: Path
) -> None:
    status, out, err = run("queues", centre, *WEEK, "--least", "120")
    assert status == 0
    assert "changes of queue." in err
    assert "agent-hours are missing" in err
    status, text, _ = run("queues", centre, *WEEK, "--least", "120", "--json")
    found = json.loads(text)
    assert status == 0
    assert found["least_cost"] <= found["cost"]
    assert len(out.splitlines()) == len(found["blocks"])
    with Workspace.open(centre, "planner", read_only=True) as workspace:
        state = workspace.week_state(workspace.week_horizon("2026-W49"))
    people = {item.key: item for item in state.centre.agents}
    for block in found["blocks"]:
        assert block["skill"] in people[block["agent"]].skills
    shown = next(line for line in out.splitlines() if people["a"].name in line)
    assert shown.split("  ")[-1] in ("Phone", "Mail")
    file = tmp_path / "queues.csv"
    status, out, err = run("queues", centre, *WEEK, "--out", str(file))
    assert (status, out) == (0, "")
    assert f"{file} is written." in err
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Date,Employee number,Name,Start,End,Queue"
    assert len(lines) > 10


def test_queues_of_a_week_without_a_roster_say_what_to_do_first(
    centre: str, run: Any, tmp_path: Path
) -> None:
    status, _, err = run("queues", centre, "--week", "2027-W10")
    assert status == 1
    assert "Traceback" not in err
    missing = tmp_path / "nowhere" / "queues.csv"
    status, _, err = run("queues", centre, *WEEK, "--out", str(missing))
    assert (status, err.strip()) == (1, f"There is no folder {missing.parent}.")
