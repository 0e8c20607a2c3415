"""A week as frozen values for timeline and printed roster, and the progress of a long work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

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
