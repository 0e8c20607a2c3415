"""Questions about the week on the screen: why not, repair, earlier runs, what would help.

Holds their panels and carries what is asked: the centre is read in the data lane, the solver runs
in the long one, and a plan that pleases becomes the proposal of the build.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from solver.settings import SolveSettings
from ui.centre_view import OnProgress, Progress, ShouldStop
from ui.desk import Desk
from ui.roster.answer_parts import AnswerPage
from ui.roster.asking import Asking
from ui.roster.board import RosterBoard
from ui.roster.build import RosterBuild
from ui.roster.explaining import conflicts_in_child, find_conflict
from ui.roster.helps_page import TOPIC as HELPS_TOPIC
from ui.roster.helps_page import HelpsPage
from ui.roster.late_page import LatePage
from ui.roster.queues_page import TOPIC as QUEUES_TOPIC
from ui.roster.queues_page import QueuesPage
from ui.roster.repair_page import TOPIC as REPAIR_TOPIC
from ui.roster.repair_page import RepairPage, leaves_with_shifts
from ui.roster.runs_page import TOPIC as RUNS_TOPIC
from ui.roster.runs_page import RunsPage
from ui.roster.scope_fields import PeopleOf
from ui.roster.side_panel import BUILD, HELPS, QUEUES, REPAIR, RUNS, WHY
from ui.roster.solving import lent
from ui.roster.why_page import TOPIC as WHY_TOPIC
from ui.roster.why_page import WhyPage
from wfm.analysis.draft import WeekDraft
from wfm.messages import Message, message
from wfm.model.people import Leave
from wfm.model.run import RUN_NAMES, RunRequest, WishedDay
from wfm.publishing.atomic import write_atomically
from wfm.publishing.plain_table import table_csv
from wfm.rules import check
from wfm.services import whatif
from wfm.services.proposing import PreparedBuild
from wfm.services.queues import QueueSituation, QueueWeek, queue_week
from wfm.services.relaxing import Priced, Situation, price_relaxations
from wfm.services.repair import CurvePoint, disruption_curve
from wfm.services.rostering import Solve as Lent
from wfm.services.unlawful import Unlawful, unlawful
from wfm.services.whatif import WhyNot
from wfm.workspace import Workspace

WHY_SECONDS, CURVE_SECONDS, PRICE_SECONDS = 1.0, 2.0, 2.0
"""Time limits of one search of each kind."""
_Page = TypeVar("_Page", bound=AnswerPage)


class RosterQuestions(QObject):
    """Owns the panels of questions; the screen shows them and says which week they are about."""

    page_wanted = Signal(str)
    place_wanted = Signal(str, object)

    def __init__(
        self, desk: Desk, build: RosterBuild, board: RosterBoard, people_of: PeopleOf
    ) -> None:
        super().__init__(desk)
        self._desk, self._build, self._board = desk, build, board
        self._names: dict[str, str] = {}
        self._prepared: PreparedBuild | None = None
        self._points: Sequence[CurvePoint] = ()
        self.explain, self.explain_all = find_conflict, conflicts_in_child
        self.asking = Asking(desk)
        self._people_of = people_of
        self._week: tuple[WeekDraft, Sequence[Leave]] | None = None
        self._made: list[AnswerPage] = []
        self.pages: dict[str, QWidget] = {
            WHY: LatePage(lambda: self.why),
            REPAIR: LatePage(lambda: self.repair),
            RUNS: LatePage(lambda: self.runs),
            HELPS: LatePage(lambda: self.helps),
            QUEUES: LatePage(lambda: self.queues),
        }
        self.acts: dict[str, Callable[[], None]] = {
            "repair": self.open_repair,
            "runs": self.open_runs,
            "alternatives": self._make_alternatives,
            "helps": lambda: self.page_wanted.emit(HELPS),
            "queues": lambda: self.page_wanted.emit(QUEUES),
        }
        """What the screen's actions do, by their names."""
        board.why_wanted.connect(self.open_why)

    # --- the pages, each built when it is first wanted -------------------------------------------

    @cached_property
    def why(self) -> WhyPage:
        """The page of a day that is not as wished."""
        page = self._new(WhyPage(self.asking, self._desk.language, self._desk.render))
        page.asked.connect(self._ask_why)
        page.refused.connect(lambda text: self._desk.say(text, "warn"))
        page.propose_wanted.connect(self._propose_answer)
        page.list.chosen.connect(self._go)
        return page

    @cached_property
    def repair(self) -> RepairPage:
        """The page of absences; its list leads to points of the curve."""
        page = self._new(
            RepairPage(self.asking, self._desk.language, self._desk.render, self._people_of)
        )
        page.add_wanted.connect(self._add_selected)
        page.repair_wanted.connect(self._repair)
        page.curve_wanted.connect(self._ask_curve)
        page.point_chosen.connect(self._propose_point)
        if self._week is not None:
            draft, leaves = self._week
            page.show_week(draft, leaves_with_shifts(draft, leaves))
        return page

    @cached_property
    def runs(self) -> RunsPage:
        """The page of earlier runs."""
        page = self._new(RunsPage(self.asking, self._desk.language, self._desk.render))
        page.show_wanted.connect(lambda key: self._build.show_run(self._desk.horizon, key))
        page.compare_wanted.connect(self._compare)
        page.alternatives_wanted.connect(self._make_alternatives)
        page.keep_wanted.connect(self._keep)
        page.list.chosen.connect(self._go)
        self._allow(page)
        return page

    @cached_property
    def helps(self) -> HelpsPage:
        """The page of what would help."""
        page = self._new(HelpsPage(self.asking, self._desk.language, self._desk.render))
        page.asked.connect(self._ask_helps)
        page.list.chosen.connect(self._go)
        return page

    @cached_property
    def queues(self) -> QueuesPage:
        """The page of queues."""
        page = self._new(QueuesPage(self.asking, self._desk.language, self._desk.render))
        page.asked.connect(self._ask_queues)
        page.write_wanted.connect(self._write_queues)
        page.list.chosen.connect(self._go)
        return page

    def _new(self, page: _Page) -> _Page:
        self._made.append(page)
        return page

    def _go(self, agent: str, day: object) -> None:
        if agent:
            self.place_wanted.emit(agent, day)

    # --- the week --------------------------------------------------------------------------------

    def show_week(self, draft: WeekDraft, names: dict[str, str], leaves: Sequence[Leave]) -> None:
        """Take another state of the week, or another week: its runs are read again."""
        self._names, self._week = names, (draft, leaves)
        for page in self._made:
            if isinstance(page, RepairPage):
                page.show_week(draft, leaves_with_shifts(draft, leaves))
            elif isinstance(page, QueuesPage):
                page.show_nothing()
            elif isinstance(page, WhyPage):
                wished = page.wished
                if wished is not None and wished.day not in draft.horizon.dates:
                    page.show_question(None, None)
        self.read_runs()

    def show_build(self) -> None:
        """Follow what the build allows."""
        for page in self._made:
            if isinstance(page, RunsPage):
                self._allow(page)

    def _allow(self, page: RunsPage) -> None:
        build = self._build
        page.show_build(proposed=build.proposal is not None, running=build.running)

    def stop(self) -> None:
        """End what is being asked."""
        self.asking.stop()

    def read_runs(self) -> None:
        """Read the runs of the week, where their panel can be seen."""
        if not any(isinstance(page, RunsPage) and page.isVisible() for page in self._made):
            return
        horizon = self._desk.horizon
        self._desk.ask(lambda workspace: workspace.rosters.runs.all(horizon), self.runs.show_runs)

    # --- why not ---------------------------------------------------------------------------------

    def open_why(self, wished: WishedDay) -> None:
        """Show the question of a cell, and ask it."""
        draft = self._board.draft
        if draft is None:
            return
        self.why.show_question(wished, draft)
        self.page_wanted.emit(WHY)
        self.why.ask_now()

    def _ask_why(self, wished: WishedDay) -> None:
        horizon, names = self._desk.horizon, self._names
        explain = self.explain
        settings = SolveSettings(time_limit_s=WHY_SECONDS)

        def answer(
            prepared: PreparedBuild, on_progress: OnProgress, should_stop: ShouldStop
        ) -> WhyNot:
            return whatif.answer(prepared, self._lend(settings, on_progress, should_stop), explain)

        def shown(prepared: PreparedBuild, found: WhyNot) -> None:
            self._prepared = prepared
            self.why.show_answer(found, names)

        self.asking.ask(
            WHY_TOPIC,
            lambda workspace: workspace.rosters.questions.prepare(horizon, wished),
            answer,
            shown,
        )

    def _propose_answer(self) -> None:
        found = self.why.answer
        if found is not None and found.plan is not None and self._prepared is not None:
            self._build.show_plan(self._prepared, found.plan)

    # --- repair ----------------------------------------------------------------------------------

    def open_repair(self) -> None:
        """Show the panel of repairs, with the days selected in the roster."""
        self._add_selected()
        self.page_wanted.emit(REPAIR)

    def _add_selected(self) -> None:
        draft, selection = self._board.draft, self._board.timeline.selection
        if draft is None:
            return
        cells = sorted(selection.chosen)
        self.repair.add_cells(draft, [cell for cell in cells if cell[1] in draft.horizon.dates])

    def _repair(self, request: RunRequest) -> None:
        self.asking.stop()
        self._build.start(self._desk.horizon, request)
        if self._build.running:
            self.page_wanted.emit(BUILD)

    def _ask_curve(self, request: RunRequest) -> None:
        horizon = self._desk.horizon
        settings = SolveSettings(time_limit_s=CURVE_SECONDS)
        self.repair.show_curve(())

        def answer(
            prepared: PreparedBuild, on_progress: OnProgress, should_stop: ShouldStop
        ) -> tuple[tuple[CurvePoint, ...], list[int]]:
            points = disruption_curve(
                prepared.to_solve,
                prepared.problem,
                self._lend(settings, _silent, should_stop),
                on_step=_steps(on_progress),
                should_stop=should_stop,
            )
            broken = (check(prepared.problem, point.plan.duties) for point in points)
            return points, [sum(item.hard for item in found) for found in broken]

        def shown(prepared: PreparedBuild, found: tuple[tuple[CurvePoint, ...], list[int]]) -> None:
            self._prepared, self._points = prepared, found[0]
            self.repair.show_curve(*found)

        self.asking.ask(
            REPAIR_TOPIC,
            lambda workspace: workspace.rosters.runs.prepare(horizon, request),
            answer,
            shown,
        )

    def _propose_point(self, place: int) -> None:
        if self._prepared is not None and place < len(self._points):
            point = self._points[place]
            self._build.show_plan(_limited(self._prepared, point.limit), point.plan)

    # --- runs ------------------------------------------------------------------------------------

    def open_runs(self) -> None:
        """Show the runs of the week."""
        self.page_wanted.emit(RUNS)
        self.read_runs()

    def _compare(self, one: str, other: str) -> None:
        names = self._names
        self._desk.ask(
            lambda workspace: workspace.rosters.runs.compare(one, other),
            lambda found: self.runs.show_comparison(found, names),
        )

    def _keep(self) -> None:
        proposal = self._build.proposal
        if proposal is not None:
            self._desk.ask(
                lambda workspace: workspace.rosters.runs.keep(proposal),
                lambda _key: self._kept(message("The proposal is kept as a run.")),
            )

    def _kept(self, text: Message) -> None:
        self._desk.say(text, "ok")
        self.read_runs()

    def _make_alternatives(self) -> None:
        """Search for the three alternatives one after the other; each is kept as a run."""
        horizon = self._desk.horizon
        settings = SolveSettings(time_limit_s=float(self._build.limit))
        self.page_wanted.emit(RUNS)

        def read(workspace: Workspace) -> list[PreparedBuild]:
            runs = workspace.rosters.runs
            return [runs.prepare(horizon, request) for request in runs.alternatives()]

        def answer(
            prepared: list[PreparedBuild], on_progress: OnProgress, should_stop: ShouldStop
        ) -> list[Any]:
            found: list[Any] = []
            for place, each in enumerate(prepared):
                if should_stop() and found:
                    break
                on_progress(Progress(place, len(prepared), _searching(each)))
                solve = self._lend(settings, _silent, should_stop)
                found.append(solve(each.to_solve))
            return found

        def shown(prepared: list[PreparedBuild], plans: list[Any]) -> None:
            def keep(workspace: Workspace) -> int:
                runs = workspace.rosters.runs
                for each, plan in zip(prepared, plans, strict=False):
                    runs.keep(runs.propose(each, plan))
                return len(plans)

            self._desk.ask(
                keep,
                lambda count: self._kept(
                    message("{count} alternative is kept; compare it with another.",
                            plural="{count} alternatives are kept; compare them.", count=count)
                ),
            )  # fmt: skip

        self.asking.ask(RUNS_TOPIC, read, answer, shown)

    # --- what would help -------------------------------------------------------------------------

    def _ask_helps(self) -> None:
        horizon, explain = self._desk.horizon, self.explain_all
        settings = SolveSettings(time_limit_s=PRICE_SECONDS)

        def answer(
            situation: Situation, on_progress: OnProgress, should_stop: ShouldStop
        ) -> tuple[tuple[Unlawful, ...], Priced]:
            problem = situation.problem
            conflicts = explain(problem, [agent.key for agent in problem.agents])
            lawless = unlawful(problem, lambda _problem, agent: conflicts[agent])
            solve = self._lend(settings, _silent, should_stop)
            return lawless, price_relaxations(
                situation, solve, on_step=_steps(on_progress), should_stop=should_stop
            )

        self.asking.ask(
            HELPS_TOPIC,
            lambda workspace: workspace.rosters.questions.situation(horizon),
            answer,
            lambda _situation, found: self.helps.show_answer(*found),
        )

    # --- queues ----------------------------------------------------------------------------------

    def _ask_queues(self, least_minutes: int) -> None:
        horizon = self._desk.horizon
        cursor = self._board.timeline.selection.cursor

        def answer(
            situation: QueueSituation, _on_progress: OnProgress, _should_stop: ShouldStop
        ) -> QueueWeek:
            return queue_week(situation, least_minutes)

        def shown(_situation: QueueSituation, found: QueueWeek) -> None:
            # another week may be on the screen by now
            if horizon == self._desk.horizon:
                self.queues.show_answer(found, cursor[1] if cursor is not None else None)

        self.asking.ask(
            QUEUES_TOPIC, lambda workspace: workspace.rosters.queues(horizon), answer, shown
        )

    def _write_queues(self, path: str) -> None:
        week, language = self.queues.week, self._desk.language
        if week is None:
            return

        def write(_workspace: Workspace) -> str:
            return str(write_atomically(path, table_csv(week.rows(language))))

        def written(file: str) -> None:
            self._desk.say(message("{file} is written.", file=file), "ok")

        self._desk.ask(write, written)

    def _lend(
        self, settings: SolveSettings, on_progress: OnProgress, should_stop: ShouldStop
    ) -> Lent:
        return lent(self._build.solve, settings, on_progress, should_stop)


def _silent(_progress: Progress) -> None:
    """Tell nobody."""


def _steps(on_progress: OnProgress) -> Callable[[int, int, Message], None]:
    return lambda done, total, text: on_progress(Progress(done, total, text))


def _searching(prepared: PreparedBuild) -> Message:
    return message("Searching: {what}", what=RUN_NAMES[prepared.request.purpose])


def _limited(prepared: PreparedBuild, people: int | None) -> PreparedBuild:
    """Return what a run was prepared for, with at most so many people affected."""
    solved = prepared.solved
    if solved is None or solved.stability is None:
        return prepared
    scope = replace(prepared.request.scope, people=people)
    return replace(
        prepared,
        request=replace(prepared.request, scope=scope),
        solved=replace(solved, stability=replace(solved.stability, people=people)),
    )
