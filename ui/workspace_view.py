"""A workspace as the window sees it: weeks as frozen values, and planning with progress."""

from __future__ import annotations

from datetime import date, timedelta

from ui.centre_view import AgentRow, OnProgress, Progress, RuleBreak, ShouldStop, WeekView
from ui.coverage_view import coverage_view
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.problem import RosterProblem
from wfm.model.roster import RosterPlan
from wfm.model.time import Horizon, format_clock
from wfm.services.week import WeekState
from wfm.workspace import Workspace

PLAN_SECONDS = 45.0
BALANCING = ("fair_weekends",)
"""Rules that spread burdens by a small price: their cost is no breach to show to anybody."""


def gap_of_required(state: WeekState) -> float | None:
    """Return the proven distance from the best roster as a share of the required time."""
    if state.run is None or state.coverage is None:
        return None
    required = state.coverage.required_agent_hours
    distance = (state.objective or 0.0) - state.run.lower_bound
    hours = distance * state.coverage.horizon.slot_minutes / 60
    return hours / required if required else None


def week_view(state: WeekState) -> WeekView:
    """Return a week ready to be shown."""
    centre = state.centre
    teams = {team.key: team.name for team in centre.teams}
    horizon = centre.horizon
    holidays = frozenset(day for day in centre.holidays if day in set(horizon.dates))
    names = {skill.key: skill.name for skill in centre.skills}
    picture = None
    if state.coverage is not None:
        picture = coverage_view(
            state.coverage,
            names,
            centre=centre.site.name,
            gap=gap_of_required(state),
            holidays=holidays,
        )
    return WeekView(
        centre=centre.site.name,
        horizon=horizon,
        agents=tuple(
            AgentRow(agent.key, agent.name, teams.get(agent.team, agent.team), agent.role)
            for agent in centre.agents
        ),
        duties=centre.roster.duties,
        absences=centre.roster.absences,
        kinds=tuple(centre.shift_kinds.values()),
        coverage=picture,
        rule_breaks=tuple(
            RuleBreak(
                item.agent,
                words,
                tuple(horizon.dates[day] for day in item.days if 0 <= day < horizon.days),
                item.hard,
            )
            for item, words in state.violations
            if item.rule.key not in BALANCING
        ),
        holidays=holidays,
        published=centre.roster.published,
        note=_note(state, names),
    )


def _note(state: WeekState, names: dict[str, str]) -> Message | None:
    """Return the worst shortage in words, or what to do first."""
    if state.coverage is None:
        return message("This week has no required staff yet: plan it to forecast and staff it.")
    worst = state.coverage.worst(1)
    if not worst or not state.centre.roster.duties:
        return None
    item = worst[0]
    return message(
        "Most missing: {skill}, {day} {time}: {count} agents short.",
        skill=names.get(item.skill, item.skill),
        day=item.day,
        time=format_clock(item.start),
        count=f"{item.missing:g}",
    )


class WorkspaceView:
    """Implements :class:`ui.centre_view.CentreView` on an open workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @property
    def name(self) -> str:
        """The centre's name."""
        return self._workspace.site.name

    def weeks(self) -> tuple[date, ...]:
        """Return weeks with history or duties, and four beyond the as-of date."""
        known = self._workspace.known_weeks()
        if not known:
            return ()
        following = self._workspace.week_horizon("next").start
        coming = {following + timedelta(weeks=count) for count in range(4)}
        return tuple(sorted({*known, *coming}))

    def first_week(self) -> date | None:
        """Return the week after the as-of date."""
        return self._workspace.week_horizon("next").start if self.weeks() else None

    def load_week(self, start: date) -> WeekView:
        """Return one week."""
        return week_view(self._workspace.week_state(self._horizon(start)))

    def plan_week(self, start: date, on_progress: OnProgress, should_stop: ShouldStop) -> WeekView:
        """Run the whole line on a week and return it; stopping keeps the best roster."""
        horizon = self._horizon(start)

        def tell(text: Message) -> None:
            on_progress(Progress(0, 0, text))
            if should_stop():
                raise WfmError(message("Stopped before the roster was built; nothing changed."))

        def solve(problem: RosterProblem) -> RosterPlan:
            return solve_with_progress(problem, on_progress, should_stop)

        self._workspace.plan_week(horizon, solve, tell)
        return self.load_week(start)

    def _horizon(self, start: date) -> Horizon:
        site = self._workspace.site
        return Horizon(start, 7, site.slot_minutes, site.zone)


def solve_with_progress(
    problem: RosterProblem, on_progress: OnProgress, should_stop: ShouldStop
) -> RosterPlan:
    """Run the solver's child process and report objective and bound as they improve."""
    from solver.events import Failed, Finished
    from solver.events import Progress as SolverProgress
    from solver.process import SolverProcess
    from solver.settings import SolveSettings

    settings = SolveSettings(time_limit_s=PLAN_SECONDS)
    with SolverProcess(problem, settings) as child:
        for event in child.events():
            if should_stop():
                child.stop()
            match event:
                case SolverProgress():
                    on_progress(Progress(int(event.seconds), int(PLAN_SECONDS), _state_of(event)))
                case Finished():
                    return event.plan
                case Failed():
                    raise WfmError(event.message)
                case _:
                    pass
    raise WfmError(message("The solver ended without a roster. Nothing was changed."))


def _state_of(event: object) -> Message:
    objective, bound = getattr(event, "objective", None), getattr(event, "bound", None)
    return message(
        "Building the roster: cost {objective}, at best {bound}",
        objective="–" if objective is None else f"{objective:,.0f}",
        bound="–" if bound is None else f"{bound:,.0f}",
    )
