"""What is missing is told in the words of the front end: a command there, a screen here."""

from __future__ import annotations

import ast
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.ui.centre import DeskOn, settle
from ui.cli import COMMANDS
from ui.commands.console import NEXT_COMMANDS
from ui.desk import NEXT_STEPS
from ui.screens import SCREENS
from wfm.errors import NotYetError
from wfm.messages import message

ROOT = Path(__file__).parents[2]


def steps_raised() -> set[str]:
    """Return the steps that some place of the sources says are missing."""
    found = set()
    for path in (*(ROOT / "wfm").rglob("*.py"), *(ROOT / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "NotYetError":
                found.add(ast.literal_eval(node.args[1]))
    return found


def test_every_step_that_can_be_missing_has_a_command_and_a_screen() -> None:
    assert steps_raised() == NEXT_COMMANDS.keys() == NEXT_STEPS.keys()
    for words in NEXT_COMMANDS.values():
        name = str(words).partition("toban ")[2].split()[0].rstrip(".")
        assert name in COMMANDS
    assert {screen for _, screen, _ in NEXT_STEPS.values()} <= {spec.key for spec in SCREENS}


def test_the_window_names_no_command_and_leads_to_the_screen(
    sample_centre: Path, desk_on: DeskOn, qtbot: QtBot
) -> None:
    desk = desk_on(sample_centre)
    said: list[tuple[str, object]] = []
    went: list[str] = []
    desk.said.connect(lambda text, _tone, action: said.append((str(text), action)))
    desk.wanted.connect(lambda screen, _where: went.append(screen))
    horizon = desk.horizon
    desk.ask(lambda workspace: workspace.rosters.build_problem(horizon), lambda _problem: None)
    settle(desk, qtbot)
    text, action = said[0]
    assert text == "The required staff of 2026-W49 has not been computed yet."
    assert isinstance(action, tuple)
    assert str(action[0]) == "Go to the required staff"
    action[1]()
    assert went == ["staffing"]


def test_no_sentence_of_a_service_names_a_command() -> None:
    named = []
    for path in (ROOT / "wfm").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "message":
                words = [item.value for item in node.args if isinstance(item, ast.Constant)]
                named += [word for word in words if "toban " in str(word)]
    assert named == []


def test_the_error_keeps_its_own_sentence() -> None:
    error = NotYetError(message("There is no forecast yet."), "forecast")
    assert str(error) == "There is no forecast yet."
    assert error.step == "forecast"
