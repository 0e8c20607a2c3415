"""The steps of a week's work, from the contact history to the payroll file: how far each is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from wfm.messages import Message, message

STATES = ("done", "todo", "stale", "attention", "waiting")
"""Done; can be done now; done, but what it was made from has changed; done, but something in it
wants a look; not possible or not due yet."""
CALLS = ("todo", "stale", "attention")
"""States in which something is to be done."""


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """What the steps of a week are judged by.

    ``forecast`` and ``requirement`` are ``missing``, ``stale`` or ``current``; ``contacts`` and
    ``required_hours`` are sums of the week; ``broken`` counts broken rules, hard or not;
    ``refused_wishes`` wishes not granted, which break no rule; ``changes`` duties that differ from
    what staff were shown; ``exported`` is the day of the month's last payroll export, ``month_end``
    the last day of the wage month.
    """

    today: date
    agents: int = 0
    history_until: date | None = None
    forecast: str = "missing"
    requirement: str = "missing"
    contacts: float = 0.0
    required_hours: float = 0.0
    rostered: bool = False
    roster_stale: bool = False
    broken: int = 0
    refused_wishes: int = 0
    short_hours: float = 0.0
    open_requests: int = 0
    open_this_week: int = 0
    published: bool = False
    changes: int = 0
    month: date | None = None
    month_end: date | None = None
    exported: date | None = None
    changed_since_export: bool = False


@dataclass(frozen=True, slots=True)
class WorkStep:
    """One step: its state, one figure (``None``: nothing to count yet), and what is next.

    ``screen`` is where it is worked on.
    """

    key: str
    state: str
    figure: Message | None
    next: Message
    screen: str

    @property
    def calls(self) -> bool:
        """Whether something is to be done."""
        return self.state in CALLS


def work_steps(facts: WorkFacts) -> tuple[WorkStep, ...]:
    """Return the steps in the order of the work."""
    return tuple(step(facts) for step in _STEPS)


def first_call(steps: tuple[WorkStep, ...]) -> WorkStep | None:
    """Return the first step at which something is to be done, ``None`` when all is done."""
    return next((step for step in steps if step.calls), None)


def _imports(facts: WorkFacts) -> WorkStep:
    if not facts.agents:
        words = message("Import people and contact history")
        return WorkStep("imports", "todo", None, words, "people")
    if facts.history_until is None:
        return WorkStep(
            "imports",
            "todo",
            message("{count} person", plural="{count} people", count=facts.agents),
            message("Import contact history"),
            "forecast",
        )
    return WorkStep(
        "imports",
        "done",
        message("until {day}", day=facts.history_until),
        message("Contact history is in"),
        "forecast",
    )


def _forecast(facts: WorkFacts) -> WorkStep:
    figure = message("{count:,} contact", plural="{count:,} contacts", count=round(facts.contacts))
    match facts.forecast:
        case "current":
            return WorkStep("forecast", "done", figure, message("Look at unusual days"), "forecast")
        case "stale":
            words = message("The history is newer: forecast again")
            return WorkStep("forecast", "stale", figure, words, "forecast")
        case _ if facts.history_until is None:
            return WorkStep("forecast", "waiting", None, message("Needs history"), "forecast")
        case _:
            return WorkStep("forecast", "todo", None, message("Forecast the week"), "forecast")


def _staffing(facts: WorkFacts) -> WorkStep:
    figure = message("{hours:,.0f} agent-hours", hours=facts.required_hours)
    match facts.requirement:
        case "current":
            words = message("Look at the peaks")
            return WorkStep("staffing", "done", figure, words, "staffing")
        case "stale":
            words = message("The forecast is newer: compute it again")
            return WorkStep("staffing", "stale", figure, words, "staffing")
        case _ if facts.forecast == "missing":
            return WorkStep("staffing", "waiting", None, message("Needs a forecast"), "staffing")
        case _:
            words = message("Compute the required staff")
            return WorkStep("staffing", "todo", None, words, "staffing")


def _roster(facts: WorkFacts) -> WorkStep:
    if not facts.rostered:
        if facts.requirement == "missing":
            return WorkStep("roster", "waiting", None, message("Needs required staff"), "roster")
        return WorkStep("roster", "todo", None, message("Build the roster"), "roster")
    short = message("{hours:,.1f} h short", hours=facts.short_hours)
    if facts.broken:
        figure = message("{count} rule broken", plural="{count} rules broken", count=facts.broken)
        return WorkStep("roster", "attention", figure, short, "roster")
    if facts.roster_stale:
        words = message("The required staff is newer: look at the gaps")
        return WorkStep("roster", "stale", short, words, "roster")
    return WorkStep("roster", "done", short, _kept(facts.refused_wishes), "roster")


def _kept(refused: int) -> Message:
    """Say that all rules are kept, and how many wishes are not granted all the same."""
    if not refused:
        return message("No rule is broken")
    return message(
        "No rule is broken; {count} wish not granted",
        plural="No rule is broken; {count} wishes not granted",
        count=refused,
    )


def _requests(facts: WorkFacts) -> WorkStep:
    if not facts.open_requests:
        return WorkStep(
            "requests", "done", message("none open"), message("Nothing to decide"), "requests"
        )
    return WorkStep(
        "requests",
        "attention",
        message("{count} open", context="requests", count=facts.open_requests),
        message("{count} of this week: decide", context="requests", count=facts.open_this_week)
        if facts.open_this_week
        else message("Decide on them"),
        "requests",
    )


def _publishing(facts: WorkFacts) -> WorkStep:
    if not facts.rostered:
        return WorkStep("publishing", "waiting", None, message("Needs a roster"), "roster")
    if not facts.published:
        words = message("Show it to the staff")
        return WorkStep("publishing", "todo", message("draft", context="roster"), words, "roster")
    if facts.changes:
        figure = message("{count} change", plural="{count} changes", count=facts.changes)
        return WorkStep("publishing", "attention", figure, message("Publish the changes"), "roster")
    return WorkStep(
        "publishing",
        "done",
        message("published", context="roster"),
        message("Staff have the latest roster"),
        "roster",
    )


def _payroll(facts: WorkFacts) -> WorkStep:
    if facts.exported is not None:
        figure = message("exported {day}", day=facts.exported)
        if facts.changed_since_export:
            words = message("The roster was changed since: export again")
            return WorkStep("payroll", "stale", figure, words, "payroll")
        return WorkStep("payroll", "done", figure, message("The month is handed over"), "payroll")
    if facts.month_end is not None and facts.month_end >= facts.today:
        words = message("Due after {day}", day=facts.month_end)
        return WorkStep("payroll", "waiting", None, words, "payroll")
    return WorkStep("payroll", "todo", None, message("Check and export the month"), "payroll")


_STEPS: tuple[Callable[[WorkFacts], WorkStep], ...] = (
    _imports,
    _forecast,
    _staffing,
    _roster,
    _requests,
    _publishing,
    _payroll,
)
