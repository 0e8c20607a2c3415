"""What the window needs of an open centre, as frozen values and one protocol.

The front end's glue implements :class:`CentreView` on the workspace; tests use one in memory.
Every method may be called from a worker thread, but never two at the same time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from ui.plots.values import CoverageView
from wfm.messages import Message
from wfm.model.activity import ShiftKind
from wfm.model.people import Leave
from wfm.model.roster import Duty
from wfm.model.time import Horizon


@dataclass(frozen=True, slots=True)
class AgentRow:
    """One line of the roster: a person, their team's name and their role (see ``Agent``)."""

    key: str
    name: str
    team: str = ""
    role: str = "agent"


@dataclass(frozen=True, slots=True)
class RuleBreak:
    """One broken rule in words: whose, on which days (empty: the whole week)."""

    agent: str
    text: Message
    days: tuple[date, ...] = ()
    hard: bool = True


@dataclass(frozen=True, slots=True)
class WeekView:
    """One week of a centre, ready to be shown.

    ``agents`` are in the order of the roster; ``kinds`` give letters their colours and names;
    ``coverage`` is ``None`` while nothing is required and nobody rostered.  ``gap`` of the coverage
    is the proven distance from the optimum.  ``note`` is the one sentence below the picture: the
    worst shortage, a stale forecast, what to do next.
    """

    centre: str
    horizon: Horizon
    agents: tuple[AgentRow, ...] = ()
    duties: tuple[Duty, ...] = ()
    absences: tuple[Leave, ...] = ()
    kinds: tuple[ShiftKind, ...] = ()
    coverage: CoverageView | None = None
    rule_breaks: tuple[RuleBreak, ...] = ()
    holidays: frozenset[date] = field(default_factory=frozenset)
    published: bool = False
    note: Message | None = None

    @property
    def planned(self) -> bool:
        """Whether the week has a roster."""
        return bool(self.duties)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long work has come; ``total`` 0 means that nobody can know."""

    done: int
    total: int
    text: Message


OnProgress = Callable[[Progress], None]
ShouldStop = Callable[[], bool]


class CentreView(Protocol):
    """An open centre as the window sees it."""

    @property
    def name(self) -> str:
        """The centre's name."""

    def weeks(self) -> tuple[date, ...]:
        """Return the first days of the weeks that can be shown, in order; empty for no data."""

    def first_week(self) -> date | None:
        """Return the week to open with, ``None`` where there is none."""

    def load_week(self, start: date) -> WeekView:
        """Return the week that begins on ``start``; raises ``WfmError``."""

    def plan_week(self, start: date, on_progress: OnProgress, should_stop: ShouldStop) -> WeekView:
        """Run the whole line for a week, keep its roster and return the week.

        Stopping keeps the best roster found so far; raises ``WfmError``.
        """
