"""The rosters of an open centre: problems, plans and changes by hand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from wfm.analysis.draft import RosterEdit, WeekDraft
from wfm.model.change import Outcome
from wfm.model.problem import RosterProblem
from wfm.model.roster import RosterPlan
from wfm.model.time import Horizon
from wfm.services import demand, editing, proposing, queues, rostering
from wfm.services.session import Session
from wfm.services.week import WeekState
from wfm.workspace.questions import Questions
from wfm.workspace.runs import Runs


class Rosters:
    """The rosters of an open centre: problems, plans and changes by hand."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def build_problem(self, horizon: Horizon) -> RosterProblem:
        """Compile the week for the solver."""
        with self._session.database.read() as store:
            return rostering.build_problem(store, horizon)

    def accept_plan(self, problem: RosterProblem, plan: RosterPlan) -> Outcome:
        """Check a plan again and make it the roster of its week."""
        return rostering.accept_plan(self._session, problem, plan)

    @property
    def runs(self) -> Runs:
        """Runs on parts of a roster or for other aims, and what is kept of every run."""
        return Runs(self._session)

    @property
    def questions(self) -> Questions:
        """Why not, which rules conflict, and what would help."""
        return Questions(self._session)

    def queues(self, horizon: Horizon) -> queues.QueueSituation:
        """Read a week whose people are to be shared out among the queues."""
        with self._session.database.read() as store:
            return queues.queue_situation(store, horizon)

    # --- building in parts -----------------------------------------------------------------------

    def prepare_forecast(self, horizon: Horizon) -> Outcome:
        """Forecast a week where the forecast is missing or out of date."""
        return demand.prepare_forecast(self._session, horizon)

    def prepare_requirement(self, horizon: Horizon) -> Outcome:
        """Compute a week's required staff where it is missing or out of date."""
        return demand.prepare_requirement(self._session, horizon)

    def prepare_build(self, horizon: Horizon) -> proposing.PreparedBuild:
        """Read a week's problem for a build."""
        with self._session.database.read() as store:
            return proposing.prepare_build(store, horizon)

    def propose(self, prepared: proposing.PreparedBuild, plan: RosterPlan) -> proposing.Proposal:
        """Compare a plan with the roster as it is; stores nothing."""
        with self._session.database.read() as store:
            return proposing.propose(store, prepared, plan)

    def accept_proposal(self, proposal: proposing.Proposal) -> Outcome:
        """Make a proposal the roster of its week, if nothing was changed since."""
        return proposing.accept_proposal(self._session, proposal)

    # --- changes by hand -------------------------------------------------------------------------

    def draft(self, state: WeekState) -> WeekDraft:
        """Return a week as a draft that can be edited."""
        return editing.week_draft(state)

    def change(self, edit: RosterEdit) -> Outcome:
        """Store a change by hand; raises :class:`~wfm.errors.Conflict` if the week is another."""
        return editing.change_roster(self._session, edit)

    def copy_week(self, horizon: Horizon, source: date, agents: Collection[str] = ()) -> Outcome:
        """Copy the shifts of the days from ``source`` on over a week's."""
        return editing.copy_week(self._session, horizon, source, agents)

    def clear(self, horizon: Horizon, agents: Collection[str] = ()) -> Outcome:
        """Take away a week's shifts that are not locked."""
        return editing.clear_week(self._session, horizon, agents)

    def lock(self, horizon: Horizon, locked: bool, agents: Collection[str] = ()) -> Outcome:
        """Lock or unlock a week's shifts."""
        return editing.lock_week(self._session, horizon, locked, agents)
