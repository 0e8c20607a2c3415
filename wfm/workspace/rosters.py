"""The rosters of an open centre: problems, plans and changes by hand."""

from __future__ import annotations

from wfm.model.change import Outcome
from wfm.model.problem import RosterProblem
from wfm.model.roster import RosterPlan
from wfm.model.time import Horizon
from wfm.services import rostering
from wfm.services.session import Session


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
