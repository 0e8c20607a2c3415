"""The options of a mapping: what a planner may settle that a file leaves open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from wfm.errors import WfmError
from wfm.imports.decoding import DELIMITERS, ENCODINGS
from wfm.messages import Message, message
from wfm.model.time import SLOT_LENGTHS, parse_month
from wfm.model.workload import SERVICE_LEVEL_DEFINITIONS


def _any_text(value: str) -> bool:
    return bool(value.strip())


def _a_zone(value: str) -> bool:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _a_month(value: str) -> bool:
    try:
        parse_month(value)
    except WfmError:
        return False
    return True


def _between(low: int, high: int) -> Callable[[str], bool]:
    def valid(value: str) -> bool:
        return value.isascii() and value.isdigit() and low <= int(value[:9]) <= high

    return valid


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a mapping may settle: its name, its choices or a test, and what it says."""

    name: str
    label: Message
    choices: tuple[str, ...] = ()
    valid: Callable[[str], bool] = _any_text

    def check(self, value: str) -> None:
        """Raise :class:`~wfm.errors.WfmError` when ``value`` is none of the choices."""
        if self.choices and value not in self.choices:
            raise WfmError(
                message(
                    "Mapping option {option} is one of {choices}, not “{value}”.",
                    option=self.name,
                    choices=", ".join(self.choices),
                    value=value,
                )
            )
        if not self.choices and not self.valid(value):
            raise WfmError(
                message(
                    "Mapping option {option} cannot be “{value}”.", option=self.name, value=value
                )
            )


OPTIONS = (
    Option("encoding", message("Encoding of the text file"), ENCODINGS),
    Option("delimiter", message("Delimiter of the text file"), tuple(DELIMITERS)),
    Option("sheet", message("Name of the worksheet to read")),
    Option(
        "header_row",
        message("Row of the headings, counted from 1; 0: there are none"),
        valid=_between(0, 1_000_000),
    ),
    Option("date_order", message("Order of the parts of a date"), ("ymd", "dmy", "mdy")),
    Option("year", message("Year of dates written without one"), valid=_between(1990, 2099)),
    Option("zone", message("Time zone of times written without an offset"), valid=_a_zone),
    Option(
        "interval_minutes",
        message("Length of an interval in minutes"),
        tuple(str(length) for length in (1, 2, 3, 5, 6, 10, 15, 20, 30, 60)),
    ),
    Option("interval_label", message("What a time names of its interval"), ("start", "end")),
    Option(
        "hour_base",
        message("What a bare number counts: hours from 0, hours from 1, or periods from 1"),
        ("0", "1", "period"),
    ),
    Option(
        "empty_intervals",
        message("What an interval without a row means"),
        ("missing", "zero"),
    ),
    Option(
        "duration_unit",
        message("Unit of bare numbers in columns of time"),
        ("s", "ms", "min", "h", "day", "h.mm", "m.ss"),
    ),
    Option("clock_parts", message("What 12:30 means in a column of time"), ("m:ss", "h:mm")),
    Option(
        "threshold_s",
        message("Seconds T of “answered within T” and of the service level"),
        valid=_between(0, 86_400),
    ),
    Option(
        "service_level_definition",
        message("How the file counts its service level"),
        SERVICE_LEVEL_DEFINITIONS,
    ),
    Option(
        "duplicates",
        message("What to do with several rows of one queue and interval"),
        ("reject", "sum", "first", "last"),
    ),
    Option(
        "channels",
        message("What to do with several channels of one queue"),
        ("separate", "sum"),
    ),
    Option("queue", message("Queue of a file that names none")),
)
"""Every option of a mapping.  A name may be followed by ``:heading`` to settle one column only
(``duration_unit:処理時間``); ``queue:OLD`` = ``new`` renames a queue,
``queue:OLD until 2026-03-31`` for the rows up to that day."""

PEOPLE_OPTIONS = (
    *OPTIONS[:2],
    Option("month", message("Month of a roster or of balances that name none"), valid=_a_month),
    Option("contract", message("Contract of people whose row names none")),
)
"""Every option of a mapping of people; ``contract:TEXT`` = ``key`` says which one a text means."""

PER_COLUMN = ("duration_unit", "clock_parts", "threshold_s", "date_order")
RENAMED = ("queue", "contract")
FINE_LENGTHS = (1, 2, 3, 5, 6, 10, 15, 20, 30, 60)
STORED_LENGTH = {
    length: next(slot for slot in SLOT_LENGTHS if slot % length == 0) for length in FINE_LENGTHS
}
"""Interval lengths that files have, and the length each is stored in."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of one import, looked up by name and column."""

    values: dict[str, str]

    def get(self, name: str, default: str = "", column: str = "") -> str:
        """Return an option, first as set for ``column``."""
        return self.values.get(f"{name}:{column}") or self.values.get(name) or default

    def number(self, name: str, column: str = "") -> int | None:
        """Return an option that is a number, or ``None``."""
        value = self.get(name, column=column)
        return int(value) if value else None


def check_options(values: dict[str, str], reader: str = "acd") -> Choices:
    """Return checked options; raises :class:`~wfm.errors.WfmError` naming the wrong one."""
    by_name = {option.name: option for option in (OPTIONS if reader == "acd" else PEOPLE_OPTIONS)}
    for key, value in values.items():
        name, _, column = key.partition(":")
        if name in RENAMED and column:
            continue
        option = by_name.get(name)
        if option is None or (column and name not in PER_COLUMN):
            raise WfmError(
                message(
                    "A mapping has no option “{option}”; there are {choices}.",
                    option=key,
                    choices=", ".join(by_name),
                )
            )
        option.check(value)
    return Choices(dict(values))
