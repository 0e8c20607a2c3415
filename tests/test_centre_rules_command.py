"""`toban centre-rules` and what other commands say of rules that tie people together."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.small_centre import MONDAY, duty, small_centre, write
from tests.solver.centre_example import ABE_DAY, centre_problem
from ui.cli import main
from wfm.model.codec import dump_document
from wfm.model.house_rule import HouseRule
from wfm.model.people import Team
from wfm.model.problem import PROBLEM_FORMAT
from wfm.model.roster import ROSTER_FORMAT, AgentWeek, RosterPlan


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main(list(arguments))
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.fixture
def centre(tmp_path: Path) -> str:
    with small_centre(tmp_path) as workspace:
        write(workspace, Team("t", "Red"))
    return str(tmp_path / "small.toban")


def listed(capsys: pytest.CaptureFixture[str], centre: str) -> list[dict[str, object]]:
    status, out, _ = run(capsys, "centre-rules", centre, "--json")
    assert status == 0
    found: list[dict[str, object]] = json.loads(out)["rules"]
    return found


def test_rules_are_added_by_names_changed_and_removed(
    centre: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(
        capsys, "centre-rules", centre, "--add", "minimum_staff", "--set", "queue=Phone",
        "--set", "count=2", "--set", "start=9:00", "--set", "days=workday",
    )  # fmt: skip
    assert (status, out) == (
        0, "r1. Phone: at least 2, Monday to Friday, no holidays, from 09:00 until closing\n",
    )  # fmt: skip
    assert run(capsys, "centre-rules", centre, "--change", "r1", "--set", "start=")[0] == 0
    (rule,) = listed(capsys, centre)
    assert rule["values"]["start"] is None  # type: ignore[index]
    assert run(capsys, "centre-rules", centre, "--remove", "r1")[0] == 0
    assert listed(capsys, centre) == []


def test_a_pair_is_named_by_names_of_people(
    centre: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "centre-rules", centre, "--add", "together", "--set", "first=A", "--set",
        "second=B", "--set", "overlap=2:30")  # fmt: skip
    (rule,) = listed(capsys, centre)
    assert rule["text"] == "A works together with B"
    assert rule["values"] == {"price": 50, "first": "a", "second": "b", "overlap": 150}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--add", "astrology"), "There is no rule of the centre named “astrology”"),
        (("--add", "seats", "--set", "colour=red"), "“Seats” has no value “colour”"),
        (("--add", "seats", "--set", "count=none"), "count lies between 1 and 999, not “none”"),
        (("--add", "seats", "--set", "team=Blue"), "There is no team “Blue” any more"),
        (("--add", "leaders_present", "--set", "role=boss"), "role is one of supervisor, senior"),
        (("--add", "together", "--set", "first=A", "--set", "second=A"), "two different people"),
        (("--change", "r7", "--set", "count=1"), "There is no rule “r7”"),
        (("--remove", "r7"), "There is no rule “r7”"),
    ],
)
def test_what_cannot_be_is_a_sentence(
    centre: str, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    status, _, err = run(capsys, "centre-rules", centre, *arguments)
    assert status == 1
    assert sentence in err
    assert listed(capsys, centre) == []


def test_values_without_a_rule_to_set_are_a_mistake_in_the_call(
    centre: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "centre-rules", centre, "--set", "count=1")[0] == 2
    assert run(capsys, "centre-rules", centre, "--add", "seats", "--remove", "r1")[0] == 2


def test_kinds_say_what_there_is_to_set(centre: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "centre-rules", centre, "--kinds")
    assert status == 0
    assert "leaders_present: Supervisors on the floor." in out
    assert "   role: Who counts (supervisor, senior)" in out


def test_a_rule_that_cannot_be_read_is_listed_with_why(
    centre: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from wfm.workspace import Workspace

    with Workspace.open(centre, "other") as workspace:
        write(workspace, HouseRule("r1", "astrology"), AgentWeek("a", MONDAY, (duty("a", MONDAY),)))
    status, out, _ = run(capsys, "centre-rules", centre)
    assert status == 0
    assert "astrology" in out.splitlines()[1]
    assert run(capsys, "centre-rules", centre, "--change", "r1", "--set", "count=1")[0] == 1


def test_check_lists_broken_rules_of_the_centre_beside_those_of_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = centre_problem()
    plan = RosterPlan(problem.horizon, (ABE_DAY,), 0.0, 0.0, "feasible")
    stated, roster = tmp_path / "problem.json", tmp_path / "roster.json"
    stated.write_text(dump_document(problem, PROBLEM_FORMAT), "utf-8")
    roster.write_text(dump_document(plan, ROSTER_FORMAT), "utf-8")
    _, out, _ = run(capsys, "check", str(stated), str(roster), "--json")
    found = json.loads(out)["centre"]
    assert {item["rule"] for item in found} == {"supervisors", "evenings"}
    assert sum(item["cost"] for item in found if item["rule"] == "supervisors") > 0
    _, out, _ = run(capsys, "check", str(stated), str(roster))
    assert "· Mon 30 Nov 2026: breaks the rule “supervisors” of the centre" in out
    unruled = replace(problem, centre_rules=())
    stated.write_text(dump_document(unruled, PROBLEM_FORMAT), "utf-8")
    _, out, _ = run(capsys, "check", str(stated), str(roster), "--json")
    assert json.loads(out)["centre"] == []
