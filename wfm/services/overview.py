"""The work of a week at a glance: how far each step is, the worst gaps, and what changed lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from wfm.analysis import DutyChange, Publication, publication
from wfm.analysis.shortages import Gap, worst_gaps
from wfm.analysis.work_steps import WorkFacts, WorkStep, work_steps
from wfm.calendars import wage_month, wage_month_of
from wfm.model.change import Operation
from wfm.model.people import Agent
from wfm.model.request import Request
from wfm.model.roster import AgentWeek
from wfm.model.site import ROSTERS_OF_RUNS, RunRecord, Site
from wfm.model.time import Horizon
from wfm.model.workload import Forecast, HistoryDay, Requirement
from wfm.persistence import Store, kind_of
from wfm.rules import is_breach, is_refused_wish
from wfm.services.centre import kept
from wfm.services.forecasting import outdated_forecasts
from wfm.services.payroll import payroll_exports
from wfm.services.request_faults import today_of
from wfm.services.session import Session, site_of
from wfm.services.staffing_state import staffing_state
from wfm.services.week import WeekState, week_state

SHOWN_GAPS = 6
SHOWN_OPERATIONS = 30


@dataclass(frozen=True, slots=True)
class ChangedWeek:
    """One person whose week differs from what staff were shown, and who changed it last."""

    agent: str
    name: str
    changes: tuple[DutyChange, ...]
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """One week's work.

    ``facts`` are what the steps follow from; ``changed`` is empty where nothing was published yet;
    ``operations`` are the newest entries of the log, newest first; ``skills`` names skills.
    """

    horizon: Horizon
    facts: WorkFacts
    steps: tuple[WorkStep, ...]
    gaps: tuple[Gap, ...] = ()
    changed: tuple[ChangedWeek, ...] = ()
    operations: tuple[Operation, ...] = ()
    skills: dict[str, str] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the centre has neither people nor history: somebody begins."""
        return not self.facts.agents and self.facts.history_until is None


def overview(store: Store, session: Session, horizon: Horizon) -> Overview:
    """Read how far a week's work is."""
    site = site_of(store)
    state = week_state(store, horizon)
    weeks = tuple(week for week in state.centre.weeks if horizon.start <= week.start < horizon.end)
    shown = publication(weeks, horizon)
    facts = _facts(store, session, horizon, state, shown)
    gaps: tuple[Gap, ...] = ()
    if state.coverage is not None and facts.rostered:
        roster = state.centre.roster
        gaps = worst_gaps(
            state.coverage, state.centre.agents, roster.duties, roster.absences, SHOWN_GAPS
        )
    return Overview(
        horizon,
        facts,
        work_steps(facts),
        gaps,
        _changed(store, site, state, shown) if shown.published else (),
        store.operations(last=SHOWN_OPERATIONS)[::-1],
        {skill.key: skill.name for skill in state.centre.skills},
    )


def _facts(
    store: Store, session: Session, horizon: Horizon, state: WeekState, shown: Publication
) -> WorkFacts:
    site = site_of(store)
    forecasts, needed = kept(store, Forecast, horizon), kept(store, Requirement, horizon)
    history = store.days(HistoryDay)
    requests = store.where(Request, state="open")
    inside = set(horizon.dates)
    month = wage_month_of(horizon.start + timedelta(days=horizon.days // 2), site.closing_day)
    exported, changed = _export(store, site, month)
    coverage, duties = state.coverage, state.centre.roster.duties
    return WorkFacts(
        today=today_of(site, session.clock),
        agents=len(store.all(Agent)),
        history_until=max(history) if history else None,
        forecast=_forecast_state(store, horizon, forecasts),
        requirement=_requirement_state(store, horizon),
        contacts=sum(float(item.volume.sum()) for item in forecasts),
        required_hours=0.0 if coverage is None else coverage.required_agent_hours,
        rostered=bool(duties),
        roster_stale=_roster_stale(store, horizon, needed),
        broken=sum(is_breach(item) for item, _ in state.violations) + len(state.together),
        refused_wishes=sum(is_refused_wish(item) for item, _ in state.violations),
        short_hours=0.0 if coverage is None else coverage.understaffed_agent_hours,
        open_requests=len(requests),
        open_this_week=sum(bool(inside & set(item.dates)) for item in requests),
        published=shown.published,
        changes=shown.changes if shown.published else 0,
        month=month,
        month_end=wage_month(month, site.closing_day)[1],
        exported=exported,
        changed_since_export=changed,
    )


def _forecast_state(store: Store, horizon: Horizon, forecasts: tuple[Forecast, ...]) -> str:
    if not forecasts:
        return "missing"
    return "stale" if outdated_forecasts(store, horizon) else "current"


def _requirement_state(store: Store, horizon: Horizon) -> str:
    staffing = staffing_state(store, horizon)
    if not staffing.has_requirement:
        return "missing"
    return "stale" if staffing.stale else "current"


def _roster_stale(store: Store, horizon: Horizon, needed: tuple[Requirement, ...]) -> bool:
    """Tell whether required staff was written after the last build was accepted."""
    runs = store.where(
        RunRecord,
        since=horizon.start,
        until=horizon.start + timedelta(days=1),
        leave_out=ROSTERS_OF_RUNS,
    )
    accepted = [run.key for run in runs if run.accepted]
    if not accepted or not needed:
        return False
    built = _written(store, RunRecord, accepted)
    kind = kind_of(Requirement)
    return _written(store, Requirement, [kind.key(item) for item in needed]) > built


def _written(store: Store, value: type, keys: list[str]) -> int:
    """Return the newest entry of the log that touched one of some values."""
    entries = (store.last_change(kind_of(value).name, key) for key in keys)
    return max((entry.id for entry in entries if entry is not None), default=0)


def _export(store: Store, site: Site, month: date) -> tuple[date | None, bool]:
    """Return the day of a month's last payroll export, and whether its duties changed since."""
    exports = payroll_exports(store, month)
    if not exports:
        return None, False
    record = exports[0].record
    first, last = wage_month(month, site.closing_day)
    since = _written(store, type(record), [record.key])
    changed = any(
        change.kind in ("agent_week", "leave")
        and first - timedelta(days=6) <= date.fromisoformat(change.key.rsplit("/", 1)[1]) <= last
        for entry in store.operations(since_id=since)
        for change in entry.changes
    )
    moment = datetime.fromisoformat(record.at)
    return moment.astimezone(ZoneInfo(site.zone)).date(), changed


def _changed(
    store: Store, site: Site, state: WeekState, shown: Publication
) -> tuple[ChangedWeek, ...]:
    names = {agent.key: agent.name or agent.key for agent in state.centre.agents}
    zone, kind = ZoneInfo(site.zone), kind_of(AgentWeek)
    found = []
    for item in shown.agents:
        key = kind.key(AgentWeek(item.agent, state.centre.horizon.start))
        entry = store.last_change(kind.name, key)
        found.append(
            ChangedWeek(
                item.agent,
                names.get(item.agent, item.agent),
                item.changes,
                "" if entry is None else entry.who,
                None if entry is None else entry.at.astimezone(zone),
            )
        )
    newest = datetime.min.replace(tzinfo=zone)
    return tuple(sorted(found, key=lambda item: item.at or newest, reverse=True))
