"""The centre itself: identity, calendar conventions and the rules it works under."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.aims import Aims
from wfm.model.roster import Duty
from wfm.model.run import RunRequest
from wfm.model.time import SLOT_LENGTHS, WEEKDAY_NAMES

NO_FIXED_DAY = 7
"""The ``statutory_day_off`` of a site whose work rules fix no weekday."""


@dataclass(frozen=True, slots=True)
class Site:
    """Settings of one centre.

    ``week_start`` is a weekday (0 = Monday); so is ``statutory_day_off``, where 7 means that the
    work rules fix none: then the last day of a week without any day off is the statutory one.
    ``closing_day`` is the last day of the wage month (31 = month end); ``as_of`` is the day the
    data is current to (the day after the last history), which ``--week next`` counts from.
    ``rules`` overrides parameters of the rule set: rule key → parameter → value.
    """

    name: str = field(metadata={"label": message("Name of the centre"), "needed": True})
    zone: str = field(
        default="Asia/Tokyo",
        metadata={
            "label": message("Time zone"),
            "needed": True,
            "help": message("As Asia/Tokyo; every time of the centre is read on its clock."),
        },
    )
    country: str = field(
        default="JP",
        metadata={
            "label": message("Country"),
            "needed": True,
            "width": 96,
            "help": message("ISO code such as JP or DE-BY; its public holidays are used."),
        },
    )
    language: str = field(
        default="ja",
        metadata={
            "label": message("Language of the data"),
            "choices": (("ja", message("Japanese")), ("en", message("English"))),
            "help": message("In which holidays are named; the window has its own language."),
        },
    )
    slot_minutes: int = field(
        default=15,
        metadata={
            "label": message("Interval"),
            "unit": "min",
            "choices": tuple((minutes, str(minutes)) for minutes in SLOT_LENGTHS),
            "help": message("Forecasts and required staff count by intervals of this length."),
        },
    )
    week_start: int = field(
        default=0,
        metadata={
            "label": message("First day of the week"),
            "choices": tuple(enumerate(WEEKDAY_NAMES)),
            "help": message("From which weekly hours and days are counted."),
        },
    )
    statutory_day_off: int = field(
        default=NO_FIXED_DAY,
        metadata={
            "label": message("Statutory day off"),
            "choices": (
                *enumerate(WEEKDAY_NAMES),
                (NO_FIXED_DAY, message("not fixed: the last day of a week all worked")),
            ),
        },
    )
    closing_day: int = field(
        default=31,
        metadata={
            "label": message("Closing day"),
            "low": 1,
            "high": 31,
            "help": message("Last day of the wage month; 31 is the end of the month."),
        },
    )
    as_of: date | None = None
    rule_set: str = "japan-2026"
    rules: dict[str, dict[str, int]] = field(default_factory=dict)
    over_cost: int = field(
        default=1,
        metadata={
            "label": message("Cost of surplus"),
            "low": 0,
            "high": 100,
            "help": message(
                "Of one person too many in an interval, beside the cost of one missing (5 or so)."
            ),
        },
    )
    staggered_breaks: bool = field(
        default=True,
        metadata={
            "label": message("Staggered breaks"),
            "help": message(
                "Breaks need not be taken by all at once: an agreement or an exempt industry."
            ),
        },
    )
    aims: Aims = field(default_factory=Aims)
    four_weeks_from: date | None = field(
        default=None,
        metadata={
            "label": message("Four weeks counted from"),
            "help": message(
                "A first day of the four weeks that the work rules fix, for days off and hours by"
                " four weeks; empty: 1 January 2024."
            ),
        },
    )

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
    """What a solver run was given and what came of it, to be shown again, compared and repeated.

    ``problem_hash`` is of the problem that was solved, ``week_hash`` of the week's own problem,
    from which ``request`` and the roster ``before`` make it.  ``settings`` are the limits and the
    seed, ``versions`` name the program's parts and the kind of machine: with the same of all these,
    and with its limit in moves, a run gives the same roster again.  ``weights`` are the prices that
    counted, ``figures`` what the roster is like (:func:`wfm.analysis.kpis.figures_of`).  ``duties``
    is the roster that was found; a run from before these were kept has ``None``.
    """

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
    made_at: str = ""
    made_by: str = ""
    week_hash: str = ""
    request: RunRequest = field(default_factory=RunRequest)
    rule_set: str = ""
    rules: dict[str, dict[str, int]] = field(default_factory=dict)
    weights: dict[str, int] = field(default_factory=dict)
    figures: dict[str, float] = field(default_factory=dict)
    before: tuple[Duty, ...] | None = None
    duties: tuple[Duty, ...] | None = None


ROSTERS_OF_RUNS = ("before", "duties")
"""Fields of :class:`RunRecord` that are large: lists of runs are read without them."""


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


@dataclass(frozen=True, slots=True)
class BackupCopy:
    """A copy in the backups folder: its file, when it was made, and its size in bytes."""

    path: Path
    at: datetime
    size: int
