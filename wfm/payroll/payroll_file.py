"""What every payroll format makes: a whole file in memory, or the problems that forbid it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from wfm.errors import Problem
from wfm.messages import Message
from wfm.model.people import Agent
from wfm.model.site import Site
from wfm.model.worktime import MonthWork


@dataclass(frozen=True, slots=True)
class PayrollFile:
    """A finished file: suggested name, bytes in ``encoding``, number of rows below the header.

    ``totals`` holds the sum of each time column in minutes, and of each column of days, by the
    column's key.  With ``problems`` nothing may be written: ``content`` is empty then.
    """

    name: str
    content: bytes
    rows: int
    problems: tuple[Problem, ...] = ()
    totals: Mapping[str, float] = field(default_factory=dict)
    encoding: str = "utf-8-sig"


class Build(Protocol):
    """Makes the file of a wage month."""

    def __call__(
        self,
        works: Sequence[MonthWork],
        agents: Sequence[Agent],
        site: Site,
        month: date,
        language: str,
        notation: str = ...,
    ) -> PayrollFile:
        """Return the file of ``works``, one per person, in their order.

        ``month`` names the wage month; headers are in ``language`` (``ja`` or ``en``); times are
        written in ``notation``: ``h:mm``, ``decimal`` or ``minutes``.
        """
        ...


@dataclass(frozen=True, slots=True)
class PayrollFormat:
    """A layout of payroll files: its stable key, its name, and how it is made."""

    key: str
    name: Message
    build: Build
