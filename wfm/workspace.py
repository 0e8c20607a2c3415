"""One open centre and one user: the only object of the domain that a front end receives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from wfm import persistence
from wfm.calendars import next_week_start, wage_month
from wfm.clock import Clock, system_clock
from wfm.messages import Message, message
from wfm.model.change import Operation, Outcome
from wfm.model.people import Agent
from wfm.model.problem import RosterProblem
from wfm.model.roster import RosterPlan
from wfm.model.site import ExportRecord, Site
from wfm.model.time import Horizon, next_month, parse_iso_week
from wfm.model.workload import Forecast, HistoryDay, Queue, Requirement
from wfm.publishing import write_atomically
from wfm.services import (
    forecasting,
    history,
    importing,
    payroll,
    planning,
    publishing,
    rostering,
    samples,
    staffing,
    week,
)
from wfm.services.session import Session, site_of


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

    # --- bringing data in ------------------------------------------------------------------------

    def import_acd(
        self,
        path: Path,
        mapping: Path | None = None,
        *,
        save_mapping: Path | None = None,
        strict: bool = False,
    ) -> importing.Imported:
        """Import interval history."""
        return importing.import_acd(
            self._session, path, mapping, save_mapping_to=save_mapping, strict=strict
        )

    def import_people(
        self, path: Path, *, strict: bool = False, month: date | None = None
    ) -> importing.Imported:
        """Import people, availability, balances and past duties."""
        return importing.import_people(self._session, path, strict=strict, month=month)

    # --- the line --------------------------------------------------------------------------------

    def forecast_week(self, horizon: Horizon, method: str = "auto") -> tuple[Forecast, ...]:
        """Forecast and keep a week."""
        return forecasting.forecast_week(self._session, horizon, method)[0]

    def staff_week(self, horizon: Horizon) -> tuple[Requirement, ...]:
        """Compute and keep the required staff of a week."""
        return staffing.staff_week(self._session, horizon)[0]

    def explain_staff(self, horizon: Horizon) -> dict[str, tuple[Message, ...]]:
        """Return how the required staff of each queue's busiest interval came about."""
        with self._session.database.read() as store:
            return staffing.explain_peaks(store, horizon)

    def build_problem(self, horizon: Horizon) -> RosterProblem:
        """Compile the week for the solver."""
        with self._session.database.read() as store:
            return rostering.build_problem(store, horizon)

    def accept_plan(self, problem: RosterProblem, plan: RosterPlan) -> Outcome:
        """Check a plan again and make it the roster of its week."""
        return rostering.accept_plan(self._session, problem, plan)

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
    def history(self) -> History:
        """The contact history as it was recorded."""
        return History(self._session)

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


class LogBook:
    """The operation log of a centre."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def last(self, count: int) -> tuple[Operation, ...]:
        """Return the newest operations, oldest first."""
        with self._session.database.read() as store:
            return store.operations(last=count)

    def undo(self, operation: int) -> Outcome:
        """Take back one operation; raises :class:`~wfm.errors.Conflict` if it was built upon."""
        session = self._session
        return Outcome(persistence.undo(session.database, operation, session.who, session.clock))

    def first_broken(self, known_head: tuple[int, str] | None = None) -> int | None:
        """Return the first entry that was tampered with, or ``None``.

        A head written down earlier shows whether entries were cut off the end.
        """
        return persistence.verify(self._session.database, known_head)

    def head(self) -> tuple[int, str]:
        """Return number and seal of the newest entry, to be kept elsewhere."""
        return persistence.head(self._session.database)

    def erase(self, operation: int) -> Outcome:
        """Erase what an entry holds (personal data) for good; the chain of seals stays intact."""
        session = self._session
        return Outcome(
            persistence.erase_payload(session.database, [operation], session.who, session.clock)
        )


class History:
    """The contact history of a centre."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def summary(self) -> tuple[history.QueueHistory, ...]:
        """Return totals, gaps and odd days of every queue."""
        with self._session.database.read() as store:
            return history.history_of(store)

    def write_csv(self, path: Path, interval_minutes: int) -> Path:
        """Write the recorded intervals; returns the file."""
        with self._session.database.read() as store:
            return write_atomically(path, history.history_csv(store, interval_minutes))


class Files:
    """What leaves the house: files, written whole or not at all, and the published roster."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def roster(
        self, horizon: Horizon, format_name: str, out: str, language: str
    ) -> tuple[Path, ...]:
        """Write a week's roster; returns the files."""
        return publishing.export_roster(self._session, horizon, format_name, Path(out), language)

    def publish(self, horizon: Horizon) -> Outcome:
        """Mark a week's roster as shown to staff, after a backup."""
        return publishing.publish_week(self._session, horizon)

    def payroll(self, month: date, format_name: str, out: str, language: str) -> ExportRecord:
        """Write the payroll file of a wage month."""
        return payroll.export_payroll(self._session, month, format_name, Path(out), language)[0]

    def backup(self, out: str | None = None) -> Path:
        """Write a verified copy of the centre; returns the file."""
        return persistence.backup(self._session.database, Path(out) if out else None)

    def wage_month_of(self, horizon: Horizon) -> date:
        """Return the first day of the month whose wage month holds the middle of the horizon."""
        with self._session.database.read() as store:
            closing_day = site_of(store).closing_day
        middle = horizon.start + timedelta(days=horizon.days // 2)
        month = middle.replace(day=1)
        _, last = wage_month(month, closing_day)
        return month if middle <= last else next_month(month)


def restore_centre(copy: Path, target: Path, *, clock: Clock = system_clock) -> Path | None:
    """Put a checked copy in the place of a centre that nobody has open.

    What lay there is kept beside it under a dated name, which is returned.
    """
    return persistence.restore(copy, target, clock=clock)
