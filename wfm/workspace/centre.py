"""One open centre and one user: the only object of the domain that a front end receives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from wfm import persistence
from wfm.calendars import next_week_start
from wfm.clock import Clock, system_clock
from wfm.messages import Message, message
from wfm.model.people import Agent
from wfm.model.site import Site
from wfm.model.time import Horizon, parse_iso_week
from wfm.model.workload import HistoryDay, Queue
from wfm.services import planning, rostering, samples, week
from wfm.services.session import Session, site_of
from wfm.workspace.demand import Demand
from wfm.workspace.files import Files
from wfm.workspace.history import History
from wfm.workspace.imports import Imports
from wfm.workspace.log import LogBook
from wfm.workspace.payroll import Payroll
from wfm.workspace.people import People
from wfm.workspace.requests import Requests
from wfm.workspace.rosters import Rosters
from wfm.workspace.settings import Settings


class Workspace:
    """The use cases of one centre; a context manager that closes the centre.

    Every method raises :class:`~wfm.errors.WfmError` with a sentence for the user.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    @classmethod
    def open(
        cls,
        location: str,
        who: str,
        *,
        read_only: bool = False,
        take_over: bool = False,
        clock: Clock = system_clock,
    ) -> Self:
        """Open a ``.toban`` file or a ``postgresql://`` address.

        ``take_over`` makes this program the one writer of a file on a network folder.
        """
        database = persistence.open_database(
            location, read_only=read_only, take_over=take_over, clock=clock
        )
        return cls(Session(database, who, clock))

    @classmethod
    def create(
        cls,
        location: str,
        who: str,
        *,
        name: str = "",
        language: str = "ja",
        sample_as_of: date | None = None,
        clock: Clock = system_clock,
    ) -> Self:
        """Create a centre without people or history, but with the usual shift kinds and contracts.

        With ``sample_as_of`` it is filled with the sample.  A file that exists is never
        overwritten, and a centre that cannot be completed leaves none.
        """
        database = persistence.create_database(location, clock=clock)
        session = Session(database, who, clock)
        title = name or Path(location).stem
        with _discarded_on_failure(database):
            with database.write(who, clock) as unit:
                unit.put(Site(name=title, language=language))
                unit.put_all(samples.usual_terms(language))
                unit.commit(message("Create the centre {name}", name=title))
            if sample_as_of is not None:
                samples.fill_with_sample(session, sample_as_of, language)
        return cls(session)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the centre and leave it as one complete file."""
        self._session.database.close()

    # --- what is there ---------------------------------------------------------------------------

    @property
    def site(self) -> Site:
        """The settings of the centre."""
        with self._session.database.read() as store:
            return site_of(store)

    def counts(self) -> dict[str, int | str]:
        """Return how many agents, queues and days of history there are, and the last day."""
        with self._session.database.read() as store:
            days = store.days(HistoryDay)
            return {
                "agents": len(store.all(Agent)),
                "queues": len(store.all(Queue)),
                "history_days": len(days),
                "history_until": str(max(days)) if days else "",
            }

    @property
    def notes(self) -> tuple[Message, ...]:
        """What opening found: that the centre can only be looked at, and why; a missed backup."""
        return self._session.database.notes

    def week_horizon(self, name: str) -> Horizon:
        """Return the horizon of an ISO week, or of ``next``: the week after the as-of date."""
        site = self.site
        if name.strip().lower() == "next":
            day = site.as_of or self._session.clock().date()
            start = next_week_start(day)
        else:
            start = parse_iso_week(name)
        return Horizon(start, 7, site.slot_minutes, site.zone)

    def known_weeks(self) -> tuple[date, ...]:
        """Return the Mondays of weeks with history or duties, in order."""
        with self._session.database.read() as store:
            return week.known_weeks(store)

    def week_state(self, horizon: Horizon) -> week.WeekState:
        """Return a week as it stands, checked."""
        with self._session.database.read() as store:
            return week.week_state(store, horizon)

    def plan_week(
        self, horizon: Horizon, solve: rostering.Solve, tell: planning.Tell
    ) -> planning.PlannedWeek:
        """Run the whole line on a week."""
        return planning.plan_week(self._session, horizon, solve, tell)

    # --- parts -----------------------------------------------------------------------------------

    @property
    def log(self) -> LogBook:
        """What was changed, and taking it back."""
        return LogBook(self._session)

    @property
    def imports(self) -> Imports:
        """Bringing files in."""
        return Imports(self._session)

    @property
    def history(self) -> History:
        """The contact history as it was recorded."""
        return History(self._session)

    @property
    def demand(self) -> Demand:
        """Forecasts and required staff."""
        return Demand(self._session)

    @property
    def people(self) -> People:
        """People and their terms of work."""
        return People(self._session)

    @property
    def rosters(self) -> Rosters:
        """Rosters: problems, plans and changes by hand."""
        return Rosters(self._session)

    @property
    def requests(self) -> Requests:
        """Requests of staff."""
        return Requests(self._session)

    @property
    def payroll(self) -> Payroll:
        """Worked time and payroll."""
        return Payroll(self._session)

    @property
    def settings(self) -> Settings:
        """The centre's settings."""
        return Settings(self._session)

    @property
    def files(self) -> Files:
        """What leaves the house."""
        return Files(self._session)


@contextmanager
def _discarded_on_failure(database: persistence.Database) -> Iterator[None]:
    """Close a new centre and remove its file when the block fails or is interrupted."""
    try:
        yield
    except BaseException:
        database.close()
        if database.path is not None:
            database.path.unlink(missing_ok=True)
        raise


def restore_centre(copy: Path, target: Path, *, clock: Clock = system_clock) -> Path | None:
    """Put a checked copy in the place of a centre that nobody has open.

    What lay there is kept beside it under a dated name, which is returned.
    """
    return persistence.restore(copy, target, clock=clock)
