"""`toban requests`: the line of a request from entering to taking the decision back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.services.shift_centre import TUESDAY, roster, shift_centre
from ui.cli import main
from wfm.workspace import Workspace


@pytest.fixture
def centre(tmp_path: Path) -> str:
    shift_centre(tmp_path).close()
    return str(tmp_path / "shifts.toban")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(["requests", *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


def test_a_swap_is_entered_listed_looked_at_approved_and_taken_back(centre: str, run: Any) -> None:
    status, out, _ = run(
        "swap", centre, "--agent", "Aoki", "--day", "2026-12-01", "--with", "003", "--note", "x",
        "--json",
    )  # fmt: skip
    entered = json.loads(out)
    assert status == 0
    assert (entered["key"], entered["agent"], entered["other"]) == ("r0001", "a", "d")
    assert (entered["proposal"], entered["reasons"]) == ("approve", ["fine"])
    status, out, _ = run("list", centre, "--json")
    assert [item["key"] for item in json.loads(out)["requests"]] == ["r0001"]
    status, out, _ = run("list", centre)
    assert out == "r0001  Open  Aoki ⇄ Doi  Tue 1 Dec\n"
    status, out, _ = run("show", centre, "r0001")
    assert "✓ No rule is broken by it (15 rules checked)" in out
    assert "Proposal: Approve" in out
    status, out, _ = run("approve", centre, "r0001", "--json")
    assert json.loads(out)["state"] == "approved"
    with Workspace.open(centre, "reader") as workspace:
        assert roster(workspace)["a", TUESDAY].start == 720
    assert run("list", centre) == (0, "", "No request is waiting.\n")
    status, out, _ = run("list", centre, "--all")
    assert "Approved" in out
    status, out, _ = run("reopen", centre, "r0001", "--json")
    assert json.loads(out)["state"] == "open"
    with Workspace.open(centre, "reader") as workspace:
        assert roster(workspace)["a", TUESDAY].start == 480


def test_leave_is_entered_refused_with_a_reason_and_withdrawn(centre: str, run: Any) -> None:
    status, out, _ = run("leave", centre, "--agent", "c", "--from", "2026-12-01", "--json")
    assert (status, json.loads(out)["last_day"]) == (0, "2026-12-01")
    status, out, _ = run("refuse", centre, "r0001", "--reason", "month end")
    assert status == 0
    assert out.startswith("r0001  Refused  Chiba: Annual paid leave")
    run("leave", centre, "--agent", "c", "--from", "2026-12-01", "--to", "2026-12-02")
    status, out, _ = run("withdraw", centre, "r0002", "--json")
    assert json.loads(out)["state"] == "withdrawn"


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("swap", "--agent", "a", "--day", "2026-12-01", "--with", "a"), 1, "with themselves"),
        (("swap", "--agent", "a", "--day", "2026-11-01", "--with", "d"), 1, "is past"),
        (("swap", "--agent", "zz", "--day", "2026-12-01", "--with", "d"), 1, "nobody “zz”"),
        (("swap", "--agent", "a", "--day", "soon", "--with", "d"), 1, "not a date"),
        (("swap", "--agent", "a", "--day", "2026-12-01"), 2, "--with"),
        (("leave", "--agent", "a", "--from", "2026-12-01", "--kind", "picnic"), 2, "picnic"),
        (("approve", "r0009"), 1, "no request r0009"),
        (("refuse", "r0009"), 2, "--reason"),
        (("show", "r0009"), 1, "no request r0009"),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_a_status(
    centre: str, run: Any, arguments: tuple[str, ...], status: int, words: str
) -> None:
    found, out, err = run(arguments[0], centre, *arguments[1:])
    assert found == status
    assert words in err
    assert out == ""
    assert "Traceback" not in err
