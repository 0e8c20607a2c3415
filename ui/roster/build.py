"""One build of a week's roster, from the press of the button to its acceptance or refusal.

The phases follow each other: the demand is made where it is missing (data lane; a run on part of a
roster takes it as it is), the problem is read (data lane), the solver searches (long lane), its
plan is compared with the roster (data lane) and then waits as a proposal, in memory only, until it
is accepted (data lane) or thrown away.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from solver.settings import SolveSettings
from ui.centre_view import OnProgress, Progress, ShouldStop
from ui.desk import Desk
from ui.jobs import Job
from ui.roster.solving import Solve, SolveAnswer, SolveProgress, solve_in_child
from wfm.analysis import Coverage, distance_hours
from wfm.analysis.draft import WeekDraft
from wfm.errors import Conflict
from wfm.messages import Message, message
from wfm.model.change import Outcome
from wfm.model.roster import RosterPlan
from wfm.model.run import RunRequest
from wfm.model.time import Horizon
from wfm.services.proposing import PreparedBuild, Proposal
from wfm.workspace import Workspace

IDLE, PREPARING, SOLVING, COMPARING, PROPOSED, ACCEPTING = (
    "idle", "preparing", "solving", "comparing", "proposed", "accepting",
)  # fmt: skip
"""The phases of a build, in their order."""

PREFERENCE = "roster.build_seconds"
LIMITS = (30, 60, 120, 300)
"""Time limits to choose from, in seconds."""
DEFAULT_LIMIT = 60
REPAIR_LIMIT = 5
"""Seconds that a repair may take: who repairs is waited for, and little is left to find then."""


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """Cost of the best roster and proven bound at a second of the search."""

    seconds: float
    objective: float | None
    bound: float | None


class RosterBuild(QObject):
    """Carries one build at a time; the screen and its panels show it."""

    phase_changed = Signal()
    """Another phase began, or the proposal became another one."""
    progressed = Signal()
    """The search told where it stands."""

    def __init__(self, desk: Desk, *, solve: Solve = solve_in_child) -> None:
        super().__init__(desk)
        self._desk = desk
        self.solve = solve
        self.phase = IDLE
        self.horizon: Horizon | None = None
        """The days being built, or proposed."""
        self.request = RunRequest()
        """What the run was asked for."""
        self.prepared: PreparedBuild | None = None
        self.proposal: Proposal | None = None
        self.after: WeekDraft | None = None
        """The proposed week as a draft: its coverage and its broken rules."""
        self.course: list[CoursePoint] = []
        self.covered: Coverage | None = None
        """Coverage of the best roster so far, while the search goes on."""
        self.stage: Message | None = None
        self.objection: Message | None = None
        """Why the proposal shown cannot be accepted any more."""
        self._began = 0.0
        self._stopping = False
        self._job: Job | None = None

    # --- what is known ---------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        """Whether a roster is being looked for."""
        return self.phase in {PREPARING, SOLVING, COMPARING}

    @property
    def stopping(self) -> bool:
        """Whether the run was asked to end with what it has."""
        return self._stopping and self.running

    @property
    def seconds(self) -> int:
        """Seconds since the button was pressed."""
        return int(time.monotonic() - self._began) if self.running else 0

    @property
    def limit(self) -> int:
        """Seconds that the search may take, as this user chose last."""
        kept = self._desk.preferences.get(PREFERENCE, DEFAULT_LIMIT)
        return kept if kept in LIMITS else DEFAULT_LIMIT

    @property
    def allowed(self) -> int:
        """Seconds that the search asked for last may take."""
        return min(self.limit, REPAIR_LIMIT) if self.request.purpose == "repair" else self.limit

    def set_limit(self, seconds: int) -> None:
        """Choose how long searches may take from now on."""
        self._desk.preferences.set(PREFERENCE, seconds)

    @property
    def distance(self) -> float | None:
        """Agent-hours by which the best roster so far is at most worse than the best possible."""
        if not self.course or self.horizon is None or self.course[-1].objective is None:
            return None
        return distance_hours(self.horizon, self.course[-1].objective, self.course[-1].bound)

    # --- what can be done ------------------------------------------------------------------------

    def start(self, horizon: Horizon, request: RunRequest | None = None) -> None:
        """Build a week, what its demand lacks first; or carry out a request on part of it."""
        if self.phase not in {IDLE, PROPOSED}:
            return
        asked = request or RunRequest()
        self.horizon, self.prepared, self.request = horizon, None, asked
        wanted = SolveSettings(time_limit_s=float(self.allowed))
        self.proposal = self.after = self.covered = None
        self.course, self.objection, self._stopping = [], None, False
        self._began = time.monotonic()
        self.stage = message("Looking at forecast and required staff")
        self._enter(PREPARING)
        if not asked.whole:
            self._read(horizon, wanted)
            return
        self._desk.do(
            lambda workspace: workspace.rosters.prepare_forecast(horizon),
            lambda _outcome: self._staff(horizon, wanted),
            failed=self._failed,
        )

    def show_plan(self, prepared: PreparedBuild, plan: RosterPlan) -> None:
        """Propose a plan that was found elsewhere: an answer, a repair."""
        if self.phase in {IDLE, PROPOSED}:
            self._begin_showing(prepared.problem.horizon)
            self.prepared = prepared
            self._compare(prepared, plan)

    def show_run(self, horizon: Horizon, key: str) -> None:
        """Propose the roster of an earlier run of a week."""
        if self.phase not in {IDLE, PROPOSED}:
            return

        def work(workspace: Workspace) -> tuple[Proposal, WeekDraft]:
            proposal = workspace.rosters.runs.proposal(key)
            return proposal, workspace.rosters.draft(proposal.state)

        self._begin_showing(horizon)
        self._desk.ask(work, self._proposed, failed=self._failed)

    def stop(self) -> None:
        """Ask the search to end with the best roster it has."""
        if self.running and not self._stopping:
            self._stopping = True
            if self._job is not None:
                self._job.stop()
            self.phase_changed.emit()

    def accept(self, then: Callable[[], None]) -> None:
        """Make the proposal the roster of its week, as one operation."""
        proposal = self.proposal
        if self.phase != PROPOSED or proposal is None:
            return

        def done(_outcome: Outcome) -> None:
            self._leave()
            then()

        self._enter(ACCEPTING)
        self._desk.do(
            lambda workspace: workspace.rosters.accept_proposal(proposal),
            done,
            done=message("The roster was accepted. It is a draft until it is published."),
            failed=self._refused,
        )

    def discard(self) -> None:
        """Throw the proposal away; the roster stays as it is."""
        if self.phase == PROPOSED:
            self._leave()

    def compare_again(self) -> None:
        """Compare the proposal with the roster as it is now: somebody changed something."""
        if self.phase == PROPOSED and self.prepared is not None and self.proposal is not None:
            self._compare(self.prepared, self.proposal.plan)

    def take_over(self, other: dict[str, object]) -> None:
        """Go on with the proposal of a build before this one (:meth:`kept`)."""
        proposal, after, course = other.get("proposal"), other.get("after"), other.get("course")
        if isinstance(proposal, Proposal) and isinstance(after, WeekDraft):
            self.horizon, self.prepared = proposal.horizon, proposal.prepared
            self.proposal, self.after = proposal, after
            self.course = list(course) if isinstance(course, list) else []
            self._enter(PROPOSED)

    def kept(self) -> dict[str, object]:
        """Return what a build after this one needs to show the same proposal."""
        if self.proposal is None:
            return {}
        return {"proposal": self.proposal, "after": self.after, "course": self.course}

    # --- the course of a build -------------------------------------------------------------------

    def _staff(self, horizon: Horizon, settings: SolveSettings) -> None:
        if self._stopped_early():
            return
        self._desk.do(
            lambda workspace: workspace.rosters.prepare_requirement(horizon),
            lambda _outcome: self._read(horizon, settings),
            failed=self._failed,
        )

    def _read(self, horizon: Horizon, settings: SolveSettings) -> None:
        if self._stopped_early():
            return
        self.stage = message("Reading people, rules and required staff")
        self.progressed.emit()
        self._desk.ask(
            lambda workspace: workspace.rosters.runs.prepare(horizon, self.request),
            lambda prepared: self._search(prepared, settings),
            failed=self._failed,
        )

    def _search(self, prepared: PreparedBuild, settings: SolveSettings) -> None:
        self.prepared = prepared
        if self._stopped_early():
            return
        solve = self.solve

        def work(on_progress: OnProgress, should_stop: ShouldStop) -> SolveAnswer:
            return solve(prepared.to_solve, settings, on_progress, should_stop)

        self.stage = message("Starting the search")
        self._job = self._desk.run_long(
            work, then=self._solved, failed=self._failed, progressed=self._take_progress
        )
        self._enter(SOLVING)

    def _take_progress(self, progress: Progress) -> None:
        self.stage = progress.text
        if isinstance(progress, SolveProgress):
            self.course.append(CoursePoint(progress.seconds, progress.objective, progress.bound))
            self.covered = progress.covered or self.covered
        self.progressed.emit()

    def _solved(self, answer: SolveAnswer) -> None:
        self._job = None
        plan = answer.plan
        self.course.append(CoursePoint(plan.seconds, plan.objective, plan.lower_bound))
        if answer.failure is not None:
            self._desk.say(
                message(
                    "{reason} The best roster found until then is proposed.",
                    reason=answer.failure,
                ),
                "warn",
            )
        if self.prepared is not None:
            self._enter(COMPARING)
            self._compare(self.prepared, plan)

    def _compare(self, prepared: PreparedBuild, plan: RosterPlan) -> None:
        def work(workspace: Workspace) -> tuple[Proposal, WeekDraft]:
            proposal = workspace.rosters.propose(prepared, plan)
            return proposal, workspace.rosters.draft(proposal.state)

        self._desk.ask(work, self._proposed, failed=self._refused)

    def _proposed(self, answer: tuple[Proposal, WeekDraft]) -> None:
        if self.phase not in {COMPARING, PROPOSED}:
            return
        (self.proposal, self.after), self.objection = answer, None
        self.prepared, self.covered = self.proposal.prepared, None
        self._enter(PROPOSED)

    def _refused(self, error: BaseException) -> None:
        """A proposal cannot be accepted, or compared: it stays to be looked at, or goes."""
        if isinstance(error, Conflict) and self.proposal is not None:
            compare = self.phase == ACCEPTING
            self.objection = error.message
            self._enter(PROPOSED)
            self._desk.fail(error)
            if compare:
                self.compare_again()
            return
        keep = self.proposal is not None
        self._desk.fail(error)
        self._enter(PROPOSED) if keep else self._leave()

    def _failed(self, error: BaseException) -> None:
        self._job = None
        self._leave()
        self._desk.fail(error)

    def _begin_showing(self, horizon: Horizon) -> None:
        self.horizon, self.prepared = horizon, None
        self.proposal = self.after = self.covered = self.objection = None
        self.course, self._stopping = [], False
        self.stage = message("Comparing with the roster as it is")
        self._began = time.monotonic()
        self._enter(COMPARING)

    def _stopped_early(self) -> bool:
        if self._stopping:
            self._leave()
            self._desk.say(message("Stopped before the roster was built; nothing changed."))
            return True
        return False

    def _leave(self) -> None:
        self.proposal = self.after = self.prepared = self.horizon = self.covered = None
        self.objection = self.stage = None
        self._stopping = False
        self._enter(IDLE)

    def _enter(self, phase: str) -> None:
        self.phase = phase
        self.phase_changed.emit()
