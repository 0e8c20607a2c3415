"""What an import of people comes to, and what is known about the centre while it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from wfm.errors import Problem
from wfm.imports.preview import Preview
from wfm.messages import Message
from wfm.model.activity import ShiftKind
from wfm.model.people import Agent, Availability, Balance, Contract, Leave, Skill, Team, Wish
from wfm.model.roster import Duty


def _go_on() -> None:
    """Nobody wants the reading to stop."""


@dataclass(frozen=True, slots=True)
class Known:
    """The centre's own values, against which names, contracts and codes are matched.

    ``month`` is the month of a roster or of balances whose sheet names none; ``contract_names``
    maps texts of the file, in compared form, to contracts, the empty text to that of the rest.
    ``pulse`` is called between the steps of reading and may raise to end it.
    """

    shift_kinds: tuple[ShiftKind, ...] = ()
    contracts: tuple[Contract, ...] = ()
    teams: tuple[Team, ...] = ()
    skills: tuple[Skill, ...] = ()
    agents: tuple[Agent, ...] = ()
    month: date | None = None
    contract_names: Mapping[str, str] = field(default_factory=dict)
    pulse: Callable[[], None] = _go_on

    def day_minutes(self, agent: Agent | None) -> int:
        """Return the contractual minutes of an agent's day, 480 where not known."""
        wanted = agent.contract if agent else ""
        return next((item.day_minutes for item in self.contracts if item.key == wanted), 480)


@dataclass(frozen=True, slots=True)
class ShiftCode:
    """One line of a legend (凡例): a code with its times; ``break_minutes`` −1: not given."""

    code: str
    start: int
    end: int
    break_minutes: int = -1
    name: str = ""


@dataclass(frozen=True, slots=True)
class PeopleImport:
    """People and what belongs to them, read from one file; nothing is ever half imported.

    ``accepted_rows + rejected_rows + skipped_rows == rows`` over the sheets that were recognised.
    A row with any problem is rejected whole.  ``teams`` and ``skills`` are those that the centre
    does not have yet; ``agents`` keep the key of a known agent of the same number (or name).
    ``duties``, ``leaves`` and the legend's ``shift_codes`` come from rosters.  ``sheets`` says what
    each sheet was read as, ``previews`` show the start of every sheet.
    """

    agents: tuple[Agent, ...] = ()
    teams: tuple[Team, ...] = ()
    skills: tuple[Skill, ...] = ()
    availabilities: tuple[Availability, ...] = ()
    balances: tuple[Balance, ...] = ()
    wishes: tuple[Wish, ...] = ()
    duties: tuple[Duty, ...] = ()
    leaves: tuple[Leave, ...] = ()
    shift_codes: tuple[ShiftCode, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Message, ...] = ()
    sheets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rows: int = 0
    accepted_rows: int = 0
    rejected_rows: int = 0
    skipped_rows: int = 0
    previews: tuple[Preview, ...] = ()
