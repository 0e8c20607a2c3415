"""Runs of the solver on an open centre: parts of a roster, alternatives, records."""

from __future__ import annotations

from dataclasses import replace

from wfm.model.change import Outcome
from wfm.model.roster import RosterPlan
from wfm.model.run import RunRequest
from wfm.model.site import RunRecord
from wfm.model.time import Horizon
from wfm.services import proposing, runs
from wfm.services.session import Session, site_of


class Runs:
    """Runs of the solver on an open centre: prepare, propose, keep, show, compare, repeat.

    A run is prepared here, solved by the front end (``prepared.to_solve``), and its plan proposed
    and accepted here again.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def prepare(
        self, horizon: Horizon, request: RunRequest | None = None
    ) -> proposing.PreparedBuild:
        """Read a week's problem for a run; a request without a day of its own counts from today."""
        with self._session.database.read() as store:
            asked = request or RunRequest()
            if asked.today is None and not asked.whole:
                asked = replace(asked, today=proposing.day_of_run(store, self._session))
            return proposing.prepare_build(store, horizon, asked)

    def alternatives(self) -> tuple[RunRequest, ...]:
        """Return what to ask for the cheapest roster, most wishes, and least change."""
        with self._session.database.read() as store:
            site = site_of(store)
        return runs.alternatives(site.aims, site.slot_minutes)

    def propose(self, prepared: proposing.PreparedBuild, plan: RosterPlan) -> proposing.Proposal:
        """Compare a plan with the roster as it is; stores nothing."""
        with self._session.database.read() as store:
            return proposing.propose(store, prepared, plan)

    def accept(self, proposal: proposing.Proposal) -> Outcome:
        """Make a proposal the roster of its week, if nothing was changed since."""
        return proposing.accept_proposal(self._session, proposal)

    def keep(self, proposal: proposing.Proposal) -> str:
        """Keep a proposal's run without accepting it; returns the key of its record."""
        return proposing.keep_run(self._session, proposal.prepared, proposal.plan)

    def all(self, horizon: Horizon) -> tuple[RunRecord, ...]:
        """Return the runs of a week, the newest first, without their rosters (:meth:`record`)."""
        with self._session.database.read() as store:
            return runs.runs_of(store, horizon)

    def record(self, key: str) -> RunRecord:
        """Return a run by its key."""
        with self._session.database.read() as store:
            return runs.run_named(store, key)

    def proposal(self, key: str) -> proposing.Proposal:
        """Return the roster of a run as a proposal beside the roster as it is now."""
        with self._session.database.read() as store:
            return runs.proposal_of(store, key)

    def compare(self, one: str, other: str) -> runs.RunComparison:
        """Return what two runs of a week have different."""
        with self._session.database.read() as store:
            return runs.compare_runs(store, one, other)

    def repeat(self, key: str, solve: runs.SolveAgain) -> runs.Repeat:
        """Make a run once more and say whether the roster is the same; stores nothing."""
        with self._session.database.read() as store:
            record, prepared = runs.prepared_again(store, key)
        return runs.repeat_run(record, prepared, solve)
