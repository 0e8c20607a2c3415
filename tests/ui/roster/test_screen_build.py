"""Building from the window: nothing is stored before it is accepted, and nothing is ever lost."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from solver.process import SolverProcess
from solver.settings import SolveSettings
from tests.ui.centre import DeskOn, settle, shown
from tests.ui.roster.building import ToldSolver, solver_children
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.roster.build import IDLE, PROPOSED, SOLVING
from ui.roster.screen import RosterScreen
from ui.roster.side_panel import BUILD
from ui.roster.side_panel import PROPOSED as CHANGES
from ui.roster.solving import SolveAnswer, solve_in_child
from ui.screen import ActionButton
from ui.theme import LIGHT, apply_theme
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.people import Leave
from wfm.model.roster import Duty
from wfm.workspace import Workspace


class Said:
    """Everything the desk said, in English."""

    def __init__(self, desk: Desk) -> None:
        self.texts: list[tuple[str, str]] = []
        desk.said.connect(self._take)

    def _take(self, text: Message, tone: str, _action: object) -> None:
        self.texts.append((str(text), tone))


def click(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isEnabled(), button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def action_button(screen: QWidget, name: str) -> ActionButton:
    found = [item for item in screen.findChildren(ActionButton) if item.accessibleName() == name]
    assert found, name
    return found[0]


def stored(desk: Desk) -> tuple[Duty, ...]:
    return desk._workspace.week_state(desk.horizon).centre.roster.duties


@pytest.fixture
def opened(planned_centre: Path, desk_on: DeskOn, qtbot: QtBot) -> RosterScreen:
    """The planned week on the screen, its solver told what to answer and waiting to be let go."""
    desk = desk_on(planned_centre)
    screen = RosterScreen(desk)
    shown(screen, qtbot)
    screen.build.solve = ToldSolver(stored(desk))
    return screen


def told(screen: RosterScreen) -> ToldSolver:
    assert isinstance(screen.build.solve, ToldSolver)
    return screen.build.solve


def propose(screen: RosterScreen, qtbot: QtBot) -> None:
    click(qtbot, action_button(screen, "Build the roster"))
    told(screen).gate.set()
    qtbot.waitUntil(lambda: screen.build.phase == PROPOSED, timeout=15_000)
    settle(screen.desk, qtbot)


def test_a_build_ends_in_a_proposal_that_is_not_stored(opened: RosterScreen, qtbot: QtBot) -> None:
    before = stored(opened.desk)
    head = opened.desk._workspace.log.head()
    propose(opened, qtbot)
    assert stored(opened.desk) == before
    assert opened.desk._workspace.log.head() == head
    assert opened.previewing
    assert opened.proposal_bar.is_open
    assert "1 change for 1 person" in opened.proposal_bar.title.text()
    assert opened.panel.page == CHANGES
    lines = opened.panel.lists[CHANGES].list.lines()
    assert lines[1].startswith("↔")
    assert not opened.desk.action("roster.publish").isEnabled()


def test_accepting_stores_the_proposal_as_one_operation_that_undo_takes_back(
    opened: RosterScreen, qtbot: QtBot
) -> None:
    before, number = stored(opened.desk), opened.desk._workspace.log.head()[0]
    propose(opened, qtbot)
    click(qtbot, opened.proposal_bar.accept)
    settle(opened.desk, qtbot)
    old, new = told(opened).moved or (None, None)
    assert opened.desk._workspace.log.head()[0] == number + 1
    assert set(stored(opened.desk)) ^ set(before) == {old, new}
    assert opened.build.phase == IDLE
    assert not opened.proposal_bar.is_open
    assert opened.draft is not None
    assert new in opened.draft.all_duties()
    click(qtbot, action_button(opened, "Undo"))
    settle(opened.desk, qtbot)
    assert set(stored(opened.desk)) == set(before)


def test_no_file_is_asked_for_while_a_proposal_is_to_be_decided_on(
    opened: RosterScreen, qtbot: QtBot
) -> None:
    said = Said(opened.desk)
    opened.desk.action("roster.export").trigger()
    assert opened.export_bar.is_open
    opened.start_build()
    opened.desk.action("roster.export").trigger()  # also while the search runs
    told(opened).gate.set()
    qtbot.waitUntil(lambda: opened.build.phase == PROPOSED, timeout=15_000)
    settle(opened.desk, qtbot)
    assert opened.proposal_bar.is_open
    assert not opened.export_bar.is_open
    opened.desk.action("roster.export").trigger()
    assert not opened.export_bar.is_open
    text = "Accept or discard the proposal first: a file holds the stored roster only."
    assert (text, "warn") in said.texts
    click(qtbot, opened.proposal_bar.discard)
    opened.desk.action("roster.export").trigger()
    assert opened.export_bar.is_open


def test_discarding_leaves_everything_as_it_was(opened: RosterScreen, qtbot: QtBot) -> None:
    before = stored(opened.desk)
    propose(opened, qtbot)
    click(qtbot, opened.proposal_bar.discard)
    settle(opened.desk, qtbot)
    assert stored(opened.desk) == before
    assert not opened.previewing
    assert opened.panel.page == BUILD
    assert opened.desk.action("roster.publish").isEnabled()


def test_keys_build_and_accept(opened: RosterScreen, qtbot: QtBot) -> None:
    before = stored(opened.desk)
    told(opened).gate.set()
    qtbot.keyClick(opened, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: opened.build.phase == PROPOSED, timeout=15_000)
    assert opened.proposal_bar.accept.hasFocus()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(opened, Qt.Key.Key_Return, both)
    settle(opened.desk, qtbot)
    assert stored(opened.desk) != before


def test_the_course_of_the_search_is_drawn_and_told_in_words(
    opened: RosterScreen, qtbot: QtBot
) -> None:
    click(qtbot, action_button(opened, "Build the roster"))
    qtbot.waitUntil(lambda: bool(opened.build.course), timeout=15_000)
    panel = opened.build_panel
    assert panel.gap.text() == "At most 100.0 agent-hours from the best possible"
    qtbot.waitUntil(lambda: panel.plot.ends == ("best 1,500", "at least 1,100"))
    assert "s elapsed" in panel.seconds.text()
    assert panel.what.text() == "Improving"
    assert not opened.desk.action("roster.build").isEnabled()
    click(qtbot, panel.stop)
    qtbot.waitUntil(lambda: opened.build.phase == PROPOSED, timeout=15_000)
    settle(opened.desk, qtbot)
    assert panel.gap.text() == "At most 25.0 agent-hours from the best possible"


def test_the_time_limit_chosen_is_remembered(opened: RosterScreen, qtbot: QtBot) -> None:
    opened.panel.open_page(BUILD)
    click(qtbot, opened.build_panel.limits.buttons["120"])
    assert opened.build.limit == 120
    assert opened.desk.preferences.get("roster.build_seconds") == 120


def test_locked_shifts_are_counted_before_a_build(opened: RosterScreen, qtbot: QtBot) -> None:
    assert opened.build_panel.locks.text() == "Nothing is locked: every shift may move."
    opened.desk.action("roster.lock_week").trigger()
    settle(opened.desk, qtbot)
    count = len(stored(opened.desk))
    assert opened.build_panel.locks.text().startswith(f"{count} locked shifts stay")


def test_a_solver_that_fails_is_one_sentence_and_nothing_is_lost(
    opened: RosterScreen, qtbot: QtBot
) -> None:
    said, before = Said(opened.desk), stored(opened.desk)
    told(opened).failure = WfmError(message("The solver fell over."))
    told(opened).gate.set()
    click(qtbot, action_button(opened, "Build the roster"))
    settle(opened.desk, qtbot)
    assert opened.build.phase == IDLE
    assert said.texts == [("The solver fell over.", "bad")]
    assert stored(opened.desk) == before
    assert opened.desk.action("roster.build").isEnabled()


def test_the_best_roster_of_a_run_that_broke_off_is_proposed_with_the_reason(
    opened: RosterScreen, qtbot: QtBot
) -> None:
    said = Said(opened.desk)
    told(opened).warning = message("The solver fell over.")
    propose(opened, qtbot)
    assert said.texts == [
        ("The solver fell over. The best roster found until then is proposed.", "warn")
    ]


def test_a_centre_changed_during_the_build_refuses_the_plan_in_words(
    opened: RosterScreen, qtbot: QtBot, planned_centre: Path
) -> None:
    said, before = Said(opened.desk), stored(opened.desk)
    click(qtbot, action_button(opened, "Build the roster"))
    qtbot.waitUntil(lambda: opened.build.phase == SOLVING, timeout=15_000)
    name = _write_leave(planned_centre, before[0])
    told(opened).gate.set()
    settle(opened.desk, qtbot)
    assert opened.build.phase == IDLE
    text, tone = said.texts[-1]
    assert tone == "bad"
    assert text.startswith(f"What {name} may work was changed while the roster was built.")
    assert set(stored(opened.desk)) == set(before)


def test_a_centre_changed_after_the_build_makes_accepting_impossible(
    opened: RosterScreen, qtbot: QtBot, planned_centre: Path
) -> None:
    said, before = Said(opened.desk), stored(opened.desk)
    propose(opened, qtbot)
    name = _write_leave(planned_centre, before[0])
    click(qtbot, opened.proposal_bar.accept)
    settle(opened.desk, qtbot)
    assert set(stored(opened.desk)) == set(before)
    assert f"What {name} may work" in said.texts[-1][0]
    assert f"What {name} may work" in opened.proposal_bar.objection.text()
    assert not opened.proposal_bar.accept.isEnabled()
    click(qtbot, opened.proposal_bar.discard)
    assert not opened.previewing
    settle(opened.desk, qtbot)


def test_a_roster_changed_after_the_build_is_compared_again(
    opened: RosterScreen, qtbot: QtBot
) -> None:
    propose(opened, qtbot)
    opened.desk.do(lambda workspace: workspace.rosters.clear(workspace.week_horizon("next")))
    settle(opened.desk, qtbot)
    proposal = opened.build.proposal
    assert proposal is not None
    assert proposal.difference.count("added") == len(proposal.plan.duties)
    click(qtbot, opened.proposal_bar.accept)
    settle(opened.desk, qtbot)
    assert set(stored(opened.desk)) == set(proposal.plan.duties)


def test_a_proposal_waits_while_another_week_is_looked_at(
    opened: RosterScreen, qtbot: QtBot
) -> None:
    propose(opened, qtbot)
    start = opened.desk.horizon.start
    opened.desk.action("week.earlier").trigger()
    settle(opened.desk, qtbot)
    assert not opened.previewing
    assert not opened.proposal_bar.accept.isVisible()
    assert opened.unsaved() is not None
    click(qtbot, opened.proposal_bar.show_week)
    settle(opened.desk, qtbot)
    assert opened.desk.horizon.start == start
    assert opened.previewing
    assert opened.proposal_bar.accept.isVisible()


def test_a_proposal_survives_another_language(
    opened: RosterScreen, qtbot: QtBot, planned_centre: Path, desk_on: DeskOn
) -> None:
    propose(opened, qtbot)
    again = RosterScreen(desk_on(planned_centre, "ja"))
    again.restore(opened.state())
    shown(again, qtbot)
    assert again.previewing
    assert "シフトの案" in again.proposal_bar.title.text()
    click(qtbot, again.proposal_bar.accept)
    settle(again.desk, qtbot)
    assert told(opened).moved is not None
    assert told(opened).moved[1] in stored(again.desk)


def real(seconds: float, **options: object) -> Callable[..., SolveAnswer]:
    """Return the solver's child with settings of its own."""
    settings = SolveSettings(time_limit_s=seconds, workers=1)
    start = partial(SolverProcess, **options) if options else SolverProcess

    def solve(problem: object, _settings: object, *rest: object) -> SolveAnswer:
        return solve_in_child(problem, settings, *rest, start=start)  # type: ignore[arg-type]

    return solve


@pytest.mark.slow
def test_a_week_without_forecast_gets_everything_by_one_press(
    sample_centre: Path, desk_on: DeskOn, qtbot: QtBot
) -> None:
    screen = RosterScreen(desk_on(sample_centre))
    shown(screen, qtbot)
    said = Said(screen.desk)
    screen.build.solve = real(8)
    assert screen.hint.is_open
    click(qtbot, screen.hint.act)
    qtbot.waitUntil(lambda: screen.build.phase == PROPOSED, timeout=60_000)
    settle(screen.desk, qtbot)
    assert [text for text, _ in said.texts] == [
        "This week had no forecast yet: it was made first.",
        "This week had no required staff yet: it was computed first.",
    ]
    assert solver_children() == []
    click(qtbot, screen.proposal_bar.accept)
    settle(screen.desk, qtbot)
    assert len(stored(screen.desk)) > 200
    assert screen.figures.cards["gap"].figure.startswith("at most")


@pytest.mark.slow
def test_stopping_the_real_search_keeps_the_best_roster(opened: RosterScreen, qtbot: QtBot) -> None:
    opened.build.solve = real(300)
    click(qtbot, action_button(opened, "Build the roster"))
    found = lambda: bool(opened.build.course) and opened.build.course[-1].objective is not None  # noqa: E731
    qtbot.waitUntil(found, timeout=40_000)
    click(qtbot, opened.build_panel.stop)
    qtbot.waitUntil(lambda: opened.build.phase == PROPOSED, timeout=20_000)
    settle(opened.desk, qtbot)
    assert solver_children() == []


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_killed_search_is_one_sentence(opened: RosterScreen, qtbot: QtBot) -> None:
    said, before = Said(opened.desk), stored(opened.desk)
    opened.build.solve = real(300)
    click(qtbot, action_button(opened, "Build the roster"))
    qtbot.waitUntil(lambda: bool(solver_children()), timeout=20_000)
    os.kill(solver_children()[0], signal.SIGKILL)
    settle(opened.desk, qtbot)
    assert opened.build.phase == IDLE
    assert len(said.texts) == 1
    assert "SIGKILL" in said.texts[0][0]
    assert set(stored(opened.desk)) == set(before)


def test_a_search_that_hangs_is_one_sentence(opened: RosterScreen, qtbot: QtBot) -> None:
    said = Said(opened.desk)
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    opened.build.solve = real(300, patience_s=0.5, command=command)
    click(qtbot, action_button(opened, "Build the roster"))
    settle(opened.desk, qtbot)
    assert opened.build.phase == IDLE
    assert "no sign of life" in said.texts[0][0]


def test_leaving_during_a_build_ends_the_child(opened: RosterScreen, qtbot: QtBot) -> None:
    opened.build.solve = real(300)
    click(qtbot, action_button(opened, "Build the roster"))
    qtbot.waitUntil(lambda: bool(solver_children()), timeout=20_000)
    assert "being built" in str(opened.unsaved())
    opened.leave()
    assert opened.desk.jobs.shut_down()
    assert solver_children() == []
    opened.build_panel.show_build()


@pytest.mark.slow
def test_closing_the_window_during_a_build_warns_and_then_leaves_no_process(
    planned_centre: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    apply_theme(qapp, LIGHT)
    window = MainWindow(who="planner", language="en")
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.opened, timeout=20_000):
        window.open_location(str(planned_centre))
    assert window.shell is not None
    window.shell.show_screen("roster")
    screen = window.shell.current
    assert isinstance(screen, RosterScreen)
    qtbot.waitUntil(screen.desk.action("roster.build").isEnabled, timeout=20_000)
    settle(screen.desk, qtbot)
    before = stored(screen.desk)
    screen.build.solve = real(300)
    click(qtbot, action_button(screen, "Build the roster"))
    qtbot.waitUntil(lambda: bool(solver_children()), timeout=20_000)
    window.close()
    assert window.isVisible()
    assert "being built" in window.shell.notice.text
    click(qtbot, window.shell.notice.action)
    assert not window.isVisible()
    assert solver_children() == []
    with Workspace.open(str(planned_centre), "planner") as workspace:
        kept = workspace.week_state(workspace.week_horizon("next")).centre.roster.duties
    assert kept == before


def _write_leave(path: Path, duty: Duty) -> str:
    """Give somebody leave from another window; returns their name."""
    with Workspace.open(str(path), "colleague") as other:
        session = other._session
        with session.database.write(session.who, session.clock) as unit:
            unit.put(Leave(duty.agent, duty.day))
            unit.commit(message("Give leave"))
        agents = other.week_state(other.week_horizon("next")).centre.agents
        return next(agent.name for agent in agents if agent.key == duty.agent)
