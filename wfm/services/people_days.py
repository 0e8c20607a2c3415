"""When people can and cannot work: availability, leave, wishes and opening balances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from wfm.errors import WfmError
from wfm.imports.people.availability import availability_of
from wfm.messages import Message, message
from wfm.model.activity import ABSENCE_KINDS, absence_name
from wfm.model.change import Outcome
from wfm.model.people import WISH_WEIGHTS, Agent, Availability, Balance, Contract, Leave, Wish
from wfm.model.roster import AgentWeek, Duty
from wfm.model.time import DAY_MINUTES, LATEST_MINUTE, days_from, format_clock
from wfm.persistence import Store, Unit
from wfm.services.people_checks import FieldError, check_availability
from wfm.services.people_words import conflicts_named, who
from wfm.services.session import Session

PAID_KINDS = ("paid_leave", "special_leave", "training")
"""Absences that count with the contract's whole day; half a day of leave counts with half."""
MOST_DAYS = 366

Windows = tuple[tuple[int, int], ...]


class DutyOnLeaveError(WfmError):
    """Leave was asked for on days with a duty; ``duties`` would have to go with it."""

    def __init__(self, text: Message, duties: tuple[Duty, ...]) -> None:
        super().__init__(text)
        self.duties = duties


# --- availability ----------------------------------------------------------------------------


def read_windows(text: str) -> Windows | None:
    """Return the hours that a user typed: ``()`` for closed, ``None`` for any time.

    Raises :class:`~wfm.errors.WfmError` with the reason for anything else.
    """
    found = availability_of(text)
    if isinstance(found, Message):
        raise WfmError(message("“{value}”: {reason}.", value=text.strip(), reason=found))
    return found


def windows_text(windows: Windows) -> str:
    """Return hours as they are typed: ``09:00–13:00, 22:00–25:00``; empty for closed."""
    return ", ".join(f"{format_clock(start)}–{format_clock(end)}" for start, end in windows)


def set_availability(session: Session, value: Availability, seen: Availability | None) -> Outcome:
    """Write when a person can work; one that restricts nothing is taken away."""
    check_availability(value)
    with session.database.write(session.who, session.clock) as unit:
        agent = _agent(unit, value.agent)
        with conflicts_named(unit, "availability", value.agent, agent.name):
            if value.weekdays or value.dates:
                unit.put(value, seen=seen)
            else:
                unit.delete(Availability, value.agent, seen=seen)
        operation = unit.commit(message("Change the availability of {name}", name=agent.name))
    return Outcome(operation, touched=frozenset({("availability", value.agent)}))


# --- leave -----------------------------------------------------------------------------------


def add_leave(
    session: Session,
    agents: Sequence[str],
    first: date,
    last: date,
    kind: str,
    note: str = "",
    *,
    clear_duties: bool = False,
) -> Outcome:
    """Enter approved absence of a kind on every day from ``first`` to ``last``, for some people.

    What was entered on these days before is replaced.  Raises :class:`DutyOnLeaveError` where
    somebody has a duty that the leave forbids, unless ``clear_duties`` takes it off the roster.
    """
    if kind not in ABSENCE_KINDS:
        raise FieldError("kind", message("There is no absence “{kind}”.", kind=kind))
    days = _days(first, last)
    with session.database.write(session.who, session.clock) as unit:
        people = [_agent(unit, key) for key in agents]
        contracts = {item.key: item for item in unit.all(Contract)}
        against: list[Duty] = []
        for agent in people:
            _refuse_unemployed(agent, days)
            contract = contracts.get(agent.contract)
            minutes = leave_minutes(kind, contract)
            unit.put_all(Leave(agent.key, day, kind, minutes, note=note.strip()) for day in days)
            against += _duties_against(unit, agent.key, days, kind, contract)
        if against and not clear_duties:
            raise DutyOnLeaveError(_duty_words(people, against), tuple(against))
        _clear(unit, against)
        operation = unit.commit(_leave_words(people, days, kind))
    return Outcome(operation, _cleared_notes(against))


def remove_leave(session: Session, seen: Sequence[Leave]) -> Outcome:
    """Take absence away again, as it was seen."""
    with session.database.write(session.who, session.clock) as unit:
        people = [_agent(unit, key) for key in dict.fromkeys(leave.agent for leave in seen)]
        names = {agent.key: agent.name for agent in people}
        for leave in seen:
            key = f"{leave.agent}/{leave.day}"
            with conflicts_named(unit, "leave", key, names[leave.agent]):
                unit.delete(Leave, key, seen=leave)
        days = sorted(leave.day for leave in seen)
        operation = unit.commit(
            message(
                "Remove {what} of {who} ({span})",
                what=absence_name(seen[0].kind),
                who=who(people),
                span=_span(days),
            )
        )
    return Outcome(operation)


def leave_minutes(kind: str, contract: Contract | None) -> int:
    """Return the paid minutes that a day of an absence counts for, 0 for an unpaid one."""
    day = contract.day_minutes if contract is not None else 0
    if kind == "half_leave":
        return day // 2
    return day if kind in PAID_KINDS else 0


def _days(first: date, last: date) -> list[date]:
    count = (last - first).days + 1
    if count < 1:
        raise FieldError(
            "last", message("The last day {last} lies before the first.", last=last)
        )  # fmt: skip
    if count > MOST_DAYS:
        raise FieldError(
            "last", message("At most {count} days can be entered at once.", count=MOST_DAYS)
        )
    return list(days_from(first, count))


def _refuse_unemployed(agent: Agent, days: Sequence[date]) -> None:
    for day in days:
        if not agent.employed_on(day):
            raise FieldError(
                "first", message("{name} is not employed on {day}.", name=agent.name, day=day)
            )


def _duties_against(
    store: Store, agent: str, days: Sequence[date], kind: str, contract: Contract | None
) -> list[Duty]:
    """Return the duties that leave on these days forbids; half a day forbids only long ones."""
    wanted = set(days)
    allowed = 0
    if kind == "half_leave" and contract is not None:
        allowed = contract.day_minutes - contract.day_minutes // 2
    return [
        duty
        for week in _weeks(store, agent, days[0], days[-1])
        for duty in week.duties
        if duty.day in wanted and duty.worked_minutes > allowed
    ]


def _clear(unit: Unit, duties: Sequence[Duty]) -> None:
    """Take duties off the roster."""
    for agent in dict.fromkeys(duty.agent for duty in duties):
        days = {duty.day for duty in duties if duty.agent == agent}
        for week in _weeks(unit, agent, min(days), max(days)):
            unit.put(week.with_days(days, ()))


def _weeks(store: Store, agent: str, first: date, last: date) -> tuple[AgentWeek, ...]:
    """Return a person's agent-weeks that hold a day from ``first`` to ``last``."""
    since, until = first - timedelta(days=6), last + timedelta(days=1)
    return store.where(AgentWeek, since=since, until=until, agent=agent)


def _duty_words(people: Sequence[Agent], duties: Sequence[Duty]) -> Message:
    duty = duties[0]
    names = {agent.key: agent.name for agent in people}
    return message(
        "{name} has a duty on {day} ({start}–{end}). Leave can only be entered without it.",
        plural="{count} duties stand against the leave; the first is that of {name} on {day}"
        " ({start}–{end}). Leave can only be entered without them.",
        count=len(duties),
        name=names.get(duty.agent, duty.agent),
        day=duty.day,
        start=format_clock(duty.start),
        end=format_clock(duty.end),
    )


def _cleared_notes(duties: Sequence[Duty]) -> tuple[Message, ...]:
    if not duties:
        return ()
    return (
        message(
            "The leave is entered; {count} duty was taken off the roster.",
            plural="The leave is entered; {count} duties were taken off the roster.",
            count=len(duties),
        ),
    )


def _leave_words(people: Sequence[Agent], days: Sequence[date], kind: str) -> Message:
    return message(
        "Enter {what} of {who} ({span})",
        what=absence_name(kind),
        who=who(people),
        span=_span(days),
    )


def _span(days: Sequence[date]) -> str:
    return f"{days[0]}" if len(days) == 1 else f"{days[0]} – {days[-1]}"


# --- wishes and balances ---------------------------------------------------------------------


def add_wishes(
    session: Session, agent: str, first: date, last: date, kind: str, start: int = 0,
    end: int = LATEST_MINUTE,
) -> Outcome:  # fmt: skip
    """Enter a wish for every day from ``first`` to ``last``; kinds and hours as in ``Wish``.

    Hours from midnight to midnight are the whole duty, whenever it ends.
    """
    if (start, end) == (0, DAY_MINUTES):
        end = LATEST_MINUTE
    if kind not in WISH_WEIGHTS or not 0 <= start < end <= LATEST_MINUTE:
        raise FieldError(
            "start",
            message(
                "The hours {start}–{end} do not lie between 0:00 and 48:00, in order.",
                start=format_clock(start),
                end=format_clock(end),
            ),
        )
    days = _days(first, last)
    with session.database.write(session.who, session.clock) as unit:
        person = _agent(unit, agent)
        _refuse_unemployed(person, days)
        unit.put_all(
            Wish(agent, day)
            if kind == "off"
            else Wish(agent, day, kind, start, end, WISH_WEIGHTS[kind])
            for day in days
        )
        operation = unit.commit(
            message("Enter a wish of {name} ({span})", name=person.name, span=_span(days))
        )
    return Outcome(operation)


def remove_wish(session: Session, seen: Wish) -> Outcome:
    """Take a wish away again, as it was seen."""
    with session.database.write(session.who, session.clock) as unit:
        person = _agent(unit, seen.agent)
        key = f"{seen.agent}/{seen.day}/{seen.kind}"
        with conflicts_named(unit, "wish", key, person.name):
            unit.delete(Wish, key, seen=seen)
        operation = unit.commit(
            message("Remove a wish of {name} ({span})", name=person.name, span=str(seen.day))
        )
    return Outcome(operation)


def set_balance(session: Session, value: Balance, seen: Balance | None) -> Outcome:
    """Write the opening counters of a person's month."""
    counters = ("paid_leave_days", "overtime_minutes", "weekend_days", "holiday_days", "late_days",
                "night_days", "refused_wishes")  # fmt: skip
    for name in counters:
        if getattr(value, name) < 0:
            raise FieldError(name, message("A balance is not negative."))
    with session.database.write(session.who, session.clock) as unit:
        person = _agent(unit, value.agent)
        month = value.month.replace(day=1)
        with conflicts_named(unit, "balance", f"{value.agent}/{month}", person.name):
            unit.put(replace(value, month=month), seen=seen)
        operation = unit.commit(message("Change the balance of {name}", name=person.name))
    return Outcome(operation)


def _agent(store: Store, key: str) -> Agent:
    agent = store.get(Agent, key)
    if agent is None:
        raise WfmError(message("There is no person “{agent}” any more.", agent=key))
    return agent
