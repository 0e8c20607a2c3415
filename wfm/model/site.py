"""The centre itself: identity, calendar conventions and the rules it works under."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.time import SLOT_LENGTHS


@dataclass(frozen=True, slots=True)
class Site:
    """Settings of one centre.

    ``week_start`` is a weekday (0 = Monday); so is ``statutory_day_off``, where 7 means that the
    work rules fix none: then the last day of a week without any day off is the statutory one.
    ``closing_day`` is the last day of the wage month (31 = month end); ``as_of`` is the day the
    data is current to (the day after the last history), which ``--week next`` counts from.
    ``rules`` overrides parameters of the rule set: rule key → parameter → value.
    """

    name: str
    zone: str = "Asia/Tokyo"
    country: str = "JP"
    language: str = "ja"
    slot_minutes: int = 15
    week_start: int = 0
    statutory_day_off: int = 7
    closing_day: int = 31
    as_of: date | None = None
    rule_set: str = "japan-2026"
    rules: dict[str, dict[str, int]] = field(default_factory=dict)
    over_cost: int = 1
    staggered_breaks: bool = True

    def __post_init__(self) -> None:
        if self.slot_minutes not in SLOT_LENGTHS:
            raise WfmError(
                message(
                    "An interval is 5, 15, 30 or 60 minutes long, not {minutes}.",
                    minutes=self.slot_minutes,
                )
            )
        if not 0 <= self.week_start <= 6 or not 1 <= self.closing_day <= 31:
            raise WfmError(
                message(
                    "The week's first day or the closing day of {name} is no day.", name=self.name
                )
            )


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What a solver run was given and what it proved, kept so that runs can be compared."""

    key: str
    horizon_start: date
    days: int
    problem_hash: str
    settings: dict[str, int]
    versions: dict[str, str]
    status: str
    objective: float
    lower_bound: float
    seconds: float
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """A saved way of reading a file: header → canonical column, and what sniffing had decided.

    ``options`` holds encoding, delimiter, units and the like as text.
    """

    key: str
    columns: dict[str, str] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """One export that left the house: what, for which period, and the file's digest."""

    key: str
    what: str
    period: str
    format: str
    file: str
    sha256: str
    rows: int
    at: str
