"""Questions from the board: why not, repair, earlier runs; the solver is lent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from solver.settings import SolveSettings
from tests.ui.centre import DeskOn, settle, shown
from tests.ui.roster.building import ToldSolver, moved_duty, plan_of
from ui.centre_view import OnProgress, ShouldStop
from ui.desk import Desk
from ui.roster.build import PROPOSED
from ui.roster.screen import RosterScreen
from ui.roster.side_panel import REPAIR, RUNS, WHY
from ui.roster.solving import SolveAnswer, SolveProgress, coverage_of
from wfm.messages import message
from wfm.model.problem import RosterProblem
from wfm.model.roster import Duty, RosterPlan
from wfm.model.rule import Violation
from wfm.services.partial import as_it_is


def click(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isEnabled(), button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def stored(desk: Desk) -> tuple[Duty, ...]:
    return desk._workspace.week_state(desk.horizon).centre.roster.duties


class KeptSolver:
    """Stands for the solver: gives back the roster before the run, without some cells."""

    def __init__(self) -> None:
        self.seen: list[RosterProblem] = []
        self.without: set[tuple[str, date]] = set()

    def __call__(
        self,
        problem: RosterProblem,
        _settings: SolveSettings,
        _on_progress: OnProgress,
        _should_stop: ShouldStop,
    ) -> SolveAnswer:
        self.seen.append(problem)
        assert problem.stability is not None
        duties = tuple(
            duty for duty in problem.stability.duties if (duty.agent, duty.day) not in self.without
        )
        kept = as_it_is(problem)
        cost = 100.0 if kept is None else kept.objective
        return SolveAnswer(RosterPlan(problem.horizon, duties, cost, cost, "optimal", 0.1))


@pytest.fixture
def opened(planned_centre: Path, desk_on: DeskOn, qtbot: QtBot) -> RosterScreen:
    """The planned week on the screen, with a solver that keeps what there is."""
    desk = desk_on(planned_centre)
    screen = RosterScreen(desk)
    shown(screen, qtbot)
    screen.build.solve = KeptSolver()
    screen.questions.explain = lambda _problem, _agent: ()
    return screen


def solver_of(screen: RosterScreen) -> KeptSolver:
    assert isinstance(screen.build.solve, KeptSolver)
    return screen.build.solve


def a_droppable(screen: RosterScreen) -> Duty:
    """Return a shift of somebody whose rules ask for no least hours that it would break."""
    from wfm.rules import check

    state = screen._state
    assert state is not None
    problem = state.problem
    assert problem is not None
    duties = stored(screen.desk)
    hard = sum(item.hard for item in check(problem, duties))
    for duty in duties:
        rest = tuple(item for item in duties if item is not duty)
        if sum(item.hard for item in check(problem, rest)) == hard:
            return duty
    raise AssertionError("everybody needs every shift")


def test_w_asks_why_a_shift_is_not_off_and_its_answer_becomes_a_proposal(
    opened: RosterScreen, qtbot: QtBot
) -> None:
    duty = a_droppable(opened)
    solver_of(opened).without = {(duty.agent, duty.day)}
    before = stored(opened.desk)
    opened.board.focus_on(duty.agent, duty.day)
    qtbot.keyClick(opened.board.timeline, Qt.Key.Key_W)
    settle(opened.desk, qtbot)
    page = opened.questions.why
    assert opened.panel.page == WHY
    assert opened.panel.is_open
    assert page.answer is not None
    assert page.answer.others == ()
    assert "nobody else is affected" in page.verdict.text()
    assert any("→ off" in text for text in page.list.lines())
    click(qtbot, page.propose)
    settle(opened.desk, qtbot)
    assert opened.build.phase == PROPOSED
    assert opened.previewing
    assert stored(opened.desk) == before
    click(qtbot, opened.proposal_bar.accept)
    settle(opened.desk, qtbot)
    assert set(before) - set(stored(opened.desk)) == {duty}


def test_what_forbids_a_wish_is_told_and_nothing_can_be_proposed(
    opened: RosterScreen, qtbot: QtBot
) -> None:
    duty = stored(opened.desk)[0]
    state = opened._state
    assert state is not None
    assert state.problem is not None
    rule = state.problem.agents[0].primitives[0].rule
    opened.questions.explain = lambda _problem, agent: (Violation(agent, rule, (0,), 60, True),)
    opened.board.focus_on(duty.agent, duty.day)
    opened.board.run("why")
    settle(opened.desk, qtbot)
    page = opened.questions.why
    assert page.verdict.text() == "It cannot be so while all of this holds:"
    assert len(page.list.lines()) >= 2
    assert not page.propose.isVisible()


def test_a_shift_kind_can_be_asked_for_from_the_panel(opened: RosterScreen, qtbot: QtBot) -> None:
    duty = stored(opened.desk)[0]
    opened.board.focus_on(duty.agent, duty.day)
    opened.board.run("why")
    settle(opened.desk, qtbot)
    page = opened.questions.why
    page.what.show_value(f"shift:{duty.kind}")
    click(qtbot, page.ask)
    settle(opened.desk, qtbot)
    assert page.verdict.text() == "It is so already."


def test_the_menu_of_a_cell_asks_the_questions_that_fit_it(opened: RosterScreen) -> None:
    from ui.roster.menus import why_entries

    draft = opened.draft
    assert draft is not None
    duty = draft.all_duties()[0]
    entries = why_entries(draft, duty.agent, duty.day, opened.desk.render)
    assert entries[0][1].kind == "off"
    assert all(wished.shift != duty.kind for _, wished in entries)
    free = next(day for day in draft.horizon.dates if draft.on(duty.agent, day) is None)
    assert why_entries(draft, duty.agent, free, opened.desk.render)[0][1].kind == "work"


def test_absences_are_repaired_by_a_run_that_enters_them_with_the_new_roster(
    opened: RosterScreen, qtbot: QtBot
) -> None:
    before = stored(opened.desk)
    duty = before[0]
    opened.board.focus_on(duty.agent, duty.day)
    opened.desk.action("roster.repair").trigger()
    page = opened.questions.repair
    assert opened.panel.page == REPAIR
    assert page.cells() == ((duty.agent, duty.day),)
    click(qtbot, page.repair)
    settle(opened.desk, qtbot)
    assert opened.build.phase == PROPOSED
    assert opened.build.request.purpose == "repair"
    click(qtbot, opened.proposal_bar.accept)
    settle(opened.desk, qtbot)
    state = opened.desk._workspace.week_state(opened.desk.horizon).centre
    assert set(before) - set(state.roster.duties) == {duty}
    assert (duty.agent, duty.day) in {(item.agent, item.day) for item in state.leaves}


def test_more_and_fewer_changes_are_compared_and_one_is_proposed(
    opened: RosterScreen, qtbot: QtBot
) -> None:
    duty = stored(opened.desk)[0]
    opened.board.focus_on(duty.agent, duty.day)
    opened.questions.open_repair()
    page = opened.questions.repair
    click(qtbot, page.curve)
    settle(opened.desk, qtbot)
    assert page.plot.points
    assert page.list.lines()[1].startswith("→ 0 people affected")
    page.list.chosen.emit("0", None)
    settle(opened.desk, qtbot)
    assert opened.previewing
    prepared = opened.build.prepared
    assert prepared is not None
    assert prepared.request.scope.people == 0


def test_nobody_absent_is_nothing_to_repair(opened: RosterScreen, qtbot: QtBot) -> None:
    opened.board.timeline.selection.put(None, ())
    opened.questions.open_repair()
    click(qtbot, opened.questions.repair.repair)
    assert "Nobody is marked as absent" in opened.questions.repair.verdict.text()
    assert not opened.build.running


def test_a_scope_limits_what_the_solver_may_change(opened: RosterScreen, qtbot: QtBot) -> None:
    duty = stored(opened.desk)[0]
    opened.panel.open_page("build")
    scope = opened.build_panel.scope
    scope.open()
    scope.part.show_value("breaks")
    scope.who.show_value("selected")
    click(qtbot, opened.build_panel.start)
    assert "Nobody is selected" in scope.error.text()
    assert not opened.build.running
    opened.board.focus_on(duty.agent, duty.day)
    click(qtbot, opened.build_panel.start)
    settle(opened.desk, qtbot)
    request = opened.build.request
    assert request.scope.part == "breaks"
    assert request.scope.agents == (duty.agent,)
    assert solver_of(opened).seen[0].stability is not None
    assert opened.build.phase == PROPOSED


def test_the_fields_left_alone_ask_for_the_whole_week(opened: RosterScreen) -> None:
    request = opened.build_panel.scope.request()
    assert request is not None
    assert request.whole
    assert opened.build_panel.scope.words.text() == "The whole week may change."


def test_runs_are_kept_compared_and_shown_again(opened: RosterScreen, qtbot: QtBot) -> None:
    opened.desk.action("roster.runs").trigger()
    settle(opened.desk, qtbot)
    page = opened.questions.runs
    assert opened.panel.page == RUNS
    first = page.runs.count()
    opened.build.solve = ToldSolver(stored(opened.desk))
    opened.build.solve.gate.set()
    opened.start_build()
    settle(opened.desk, qtbot)
    opened.questions.open_runs()
    settle(opened.desk, qtbot)
    click(qtbot, page.keep)
    settle(opened.desk, qtbot)
    opened.discard()
    settle(opened.desk, qtbot)
    assert page.runs.count() == first + 1
    page.runs.setCurrentRow(0)
    assert page.list.lines()
    for row in (0, 1):
        page.runs.item(row).setSelected(True)
    click(qtbot, page.compare)
    settle(opened.desk, qtbot)
    assert "1 person has other shifts" in page.verdict.text()
    page.runs.clearSelection()
    page.runs.item(0).setSelected(True)
    click(qtbot, page.show_one)
    settle(opened.desk, qtbot)
    assert opened.previewing
    assert opened.build.proposal is not None
    assert len(opened.build.proposal.difference.changes) == 1


def test_the_coverage_of_the_best_roster_is_drawn_while_the_search_goes_on(
    opened: RosterScreen, qtbot: QtBot
) -> None:
    duties = stored(opened.desk)

    def half(
        problem: RosterProblem, _settings: SolveSettings, on_progress: OnProgress, stop: ShouldStop
    ) -> SolveAnswer:
        few = plan_of(problem, duties[: len(duties) // 2])
        covered = coverage_of(problem, few)
        on_progress(SolveProgress(1, 60, message("Improving"), 1.0, 9.0, 1.0, covered))
        while not stop():
            pass
        old, new = moved_duty(problem, duties)
        return SolveAnswer(plan_of(problem, tuple(new if d is old else d for d in duties)))

    band = opened.board.coverage
    own = band._shown
    assert own is not None
    opened.build.solve = half
    opened.start_build()
    qtbot.waitUntil(lambda: opened.build.covered is not None, timeout=15_000)
    QApplication.processEvents()
    searched = band._shown
    assert searched is not None
    assert searched.supplied_agent_hours < own.supplied_agent_hours * 0.7
    assert band._unit.text() == "Best roster so far"
    opened.build.stop()
    settle(opened.desk, qtbot)
    opened.discard()
    settle(opened.desk, qtbot)
    assert band._shown is not None
    assert band._shown.supplied_agent_hours == own.supplied_agent_hours
    assert band._unit.text() != "Best roster so far"


def test_another_question_takes_the_place_of_one_that_is_not_answered(
    opened: RosterScreen, qtbot: QtBot
) -> None:
    first, second = stored(opened.desk)[:2]
    opened.board.focus_on(first.agent, first.day)
    opened.board.run("why")
    opened.board.focus_on(second.agent, second.day)
    opened.board.run("why")
    settle(opened.desk, qtbot)
    wished = opened.questions.why.wished
    assert wished is not None
    assert wished == replace(wished, agent=second.agent, day=second.day)
    assert not opened.questions.asking.topic
