"""Questions about the roster of an open centre: why not, which rules conflict, what would help."""

from __future__ import annotations

from collections.abc import Callable

from wfm.model.run import WishedDay
from wfm.model.time import Horizon
from wfm.services import proposing, relaxing, unlawful, whatif
from wfm.services.repair import Step
from wfm.services.rostering import Solve, build_problem
from wfm.services.session import Session


class Questions:
    """Questions about the roster of an open centre; nothing here is stored.

    What is asked is prepared here in one read; answering is a pure function that may take seconds
    and gets the solver lent.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def prepare(self, horizon: Horizon, wished: WishedDay) -> proposing.PreparedBuild:
        """Read a week for the question why somebody's day is not as wished."""
        with self._session.database.read() as store:
            today = proposing.day_of_run(store, self._session)
            return whatif.prepare_question(store, horizon, wished, today)

    @staticmethod
    def answer(
        prepared: proposing.PreparedBuild, solve: Solve, explain: whatif.Explain
    ) -> whatif.WhyNot:
        """Answer a prepared question; a plan that pleases can be proposed as a run."""
        return whatif.answer(prepared, solve, explain)

    def unlawful(
        self, horizon: Horizon, explain: whatif.Explain, agent: str = ""
    ) -> tuple[unlawful.Unlawful, ...]:
        """Return who has no lawful week and why, of everybody or of one person."""
        with self._session.database.read() as store:
            problem = build_problem(store, horizon)
        return unlawful.unlawful(problem, explain, (agent,) if agent else ())

    def situation(
        self, horizon: Horizon, focus: relaxing.Focus | None = None
    ) -> relaxing.Situation:
        """Read a week, what is missing in it, and the leave that waits."""
        with self._session.database.read() as store:
            today = proposing.day_of_run(store, self._session)
            return relaxing.read_situation(store, horizon, today, focus)

    @staticmethod
    def price(
        situation: relaxing.Situation,
        solve: Solve,
        on_step: Step = lambda _done, _total, _text: None,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> relaxing.Priced:
        """Price what could give way in a situation, by re-solving each."""
        return relaxing.price_relaxations(
            situation, solve, on_step=on_step, should_stop=should_stop
        )
