"""What to clear before a wage month is exported: each with what to do and where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wfm.calendars import week_starts
from wfm.messages import Message, message
from wfm.model.people import Agent
from wfm.model.request import Request
from wfm.model.worktime import MonthWork
from wfm.persistence import Store
from wfm.services.payroll import MonthFacts, PayrollExport


@dataclass(frozen=True, slots=True)
class Target:
    """Where something is cleared: a screen of the window, a place on it, and its name.

    ``name`` is a date (a week's first day) or a person's name.
    """

    name: date | str
    screen: str
    where: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PayrollCheck:
    """One thing to look at.

    ``tone`` ``bad`` forbids the file, ``warn`` makes it doubtful, ``""`` is only good to know.
    """

    key: str
    tone: str
    text: Message
    advice: Message
    targets: tuple[Target, ...] = ()


def payroll_checks(
    store: Store,
    facts: MonthFacts,
    works: Mapping[str, MonthWork],
    exports: Sequence[PayrollExport],
    today: date,
) -> tuple[PayrollCheck, ...]:
    """Return what to clear, what forbids the file first."""
    found = [
        _without_contract(facts),
        _without_number(facts),
        _shared_numbers(facts),
        *_weeks(facts),
        _open_leave(store, facts),
        _leave_and_work(facts),
        _nothing_counted(facts, works),
        _not_over(facts, today),
        _exported(exports),
    ]
    return tuple(check for check in found if check is not None)


def person(agent: Agent) -> Target:
    """Return where a person is edited."""
    return Target(agent.name or agent.key, "people", {"agent": agent.key})


def _without_contract(facts: MonthFacts) -> PayrollCheck | None:
    people = [agent for agent in facts.agents if agent.contract not in facts.contracts]
    if not people:
        return None
    return PayrollCheck(
        "contract",
        "bad",
        message("{count} person without a contract", plural="{count} people without a contract",
                count=len(people)),
        message("Give each of them a contract."),
        tuple(map(person, people)),
    )  # fmt: skip


def _without_number(facts: MonthFacts) -> PayrollCheck | None:
    people = [agent for agent in facts.agents if not agent.number.strip()]
    if not people:
        return None
    return PayrollCheck(
        "number",
        "bad",
        message(
            "{count} person without an employee number",
            plural="{count} people without an employee number",
            count=len(people),
        ),
        message("Payroll systems find people by their number: enter it."),
        tuple(map(person, people)),
    )


def _shared_numbers(facts: MonthFacts) -> PayrollCheck | None:
    holders = Counter(agent.number.strip() for agent in facts.agents)
    people = [agent for agent in facts.agents if agent.number.strip() and
              holders[agent.number.strip()] > 1]  # fmt: skip
    if not people:
        return None
    return PayrollCheck(
        "shared_number",
        "bad",
        message("{count} people share an employee number", count=len(people)),
        message("Give each person a number of their own."),
        tuple(map(person, people)),
    )


def _weeks(facts: MonthFacts) -> tuple[PayrollCheck, ...]:
    """Return the checks about weeks without a roster, and weeks not shown to staff as they are."""
    duties: dict[date, int] = defaultdict(int)
    changed: set[date] = set()
    for week in facts.weeks:
        duties[week.start] += len(week.duties)
        if week.duties != (week.published or ()):
            changed.add(week.start)
    starts = tuple(week_starts(facts.first, facts.last))
    empty = [start for start in starts if not duties[start]]
    unpublished = [start for start in starts if start in changed]
    checks = []
    if unpublished:
        checks.append(
            PayrollCheck(
                "unpublished",
                "warn",
                message(
                    "{count} week is not published as it is now",
                    plural="{count} weeks are not published as they are now",
                    count=len(unpublished),
                ),
                message("Publish the roster, so that staff know what they are paid for."),
                tuple(map(_week, unpublished)),
            )
        )
    if empty:
        checks.append(
            PayrollCheck(
                "empty_week",
                "warn",
                message(
                    "{count} week has no roster",
                    plural="{count} weeks have no roster",
                    count=len(empty),
                ),
                message("Build the roster, or import the one that was worked."),
                tuple(map(_week, empty)),
            )
        )
    return tuple(checks)


def _week(start: date) -> Target:
    return Target(start, "roster", {"week": start})


def _open_leave(store: Store, facts: MonthFacts) -> PayrollCheck | None:
    """Return the check about leave in the month that nobody has decided about."""
    names = {agent.key: agent.name or agent.key for agent in facts.agents}
    targets = [
        Target(names[key], "people", {"agent": key})
        for key, leaves in facts.leaves.items()
        if key in names
        and any(not leave.approved and facts.first <= leave.day <= facts.last for leave in leaves)
    ]
    targets += [
        Target(names[item.agent], "requests", {"request": item.key})
        for item in store.where(Request, until=facts.last + timedelta(days=1), state="open")
        if item.kind == "leave" and item.agent in names and max(item.dates) >= facts.first
    ]
    if not targets:
        return None
    return PayrollCheck(
        "open_leave",
        "warn",
        message(
            "{count} leave request is open",
            plural="{count} leave requests are open",
            count=len(targets),
        ),
        message("Approve or refuse it: open leave is not paid."),
        tuple(targets),
    )


def _leave_and_work(facts: MonthFacts) -> PayrollCheck | None:
    """Return the check about people who are paid twice for a day: leave of a whole day and work."""
    people = []
    for agent in facts.agents:
        days = {
            leave.day
            for leave in facts.leaves.get(agent.key, ())
            if leave.approved
            and leave.kind in {"paid_leave", "special_leave", "absence"}
            and facts.first <= leave.day <= facts.last
        }
        if any(duty.day in days for duty in facts.duties.get(agent.key, ())):
            people.append(agent)
    if not people:
        return None
    return PayrollCheck(
        "leave_and_work",
        "warn",
        message(
            "{count} person has both leave and work on a day",
            plural="{count} people have both leave and work on a day",
            count=len(people),
        ),
        message("Take away the leave or the shift; the file would count both."),
        tuple(map(person, people)),
    )


def _nothing_counted(facts: MonthFacts, works: Mapping[str, MonthWork]) -> PayrollCheck | None:
    people = [
        agent
        for agent in facts.agents
        if agent.key in works
        and not works[agent.key].total()
        and not works[agent.key].paid_leave_days
    ]
    if not people:
        return None
    return PayrollCheck(
        "zero_hours",
        "warn",
        message(
            "{count} person has neither work nor paid leave",
            plural="{count} people have neither work nor paid leave",
            count=len(people),
        ),
        message("Check whether they are still employed, or enter their absence."),
        tuple(map(person, people)),
    )


def _not_over(facts: MonthFacts, today: date) -> PayrollCheck | None:
    if facts.last < today:
        return None
    return PayrollCheck(
        "not_over",
        "",
        message("The wage month is not over before {day}", day=facts.last),
        message("What lies ahead is counted as it is planned."),
    )


def _exported(exports: Sequence[PayrollExport]) -> PayrollCheck | None:
    if not exports:
        return None
    last = exports[0]
    return PayrollCheck(
        "exported",
        "",
        message("Exported before by {who} as {file}", who=last.who, file=last.record.file),
        message("Export again only if something changed, and tell payroll which file counts."),
    )
