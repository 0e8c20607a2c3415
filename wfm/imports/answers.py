"""Questions of a file in words for the window: what is asked, and the answers to choose from.

An answer is the value of a mapping option; the command line words the same questions for a mapping
file (:class:`~wfm.imports.acd.outcome.Question`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wfm.imports.acd.outcome import Question
from wfm.imports.dates import ORDERS
from wfm.imports.mapping import known_columns
from wfm.messages import Message, message

CHOICES: dict[str, dict[str, Message]] = {
    "header_row": {"0": message("There are no headings")},
    "encoding": {
        "utf-8": message("UTF-8"),
        "utf-8-sig": message("UTF-8 with mark"),
        "cp932": message("Shift_JIS (CP932)"),
        "utf-16": message("UTF-16"),
        "utf-16-le": message("UTF-16 LE"),
        "utf-16-be": message("UTF-16 BE"),
    },
    "delimiter": {
        "comma": message("Comma ,", context="delimiter"),
        "tab": message("Tab", context="delimiter"),
        "semicolon": message("Semicolon ;", context="delimiter"),
        "pipe": message("Bar |", context="delimiter"),
    },
    "date_order": {
        "ymd": message("Year / month / day"),
        "dmy": message("Day / month / year"),
        "mdy": message("Month / day / year"),
    },
    "interval_label": {
        "start": message("The beginning of the interval"),
        "end": message("The end of the interval"),
    },
    "hour_base": {
        "0": message("Hours from 0"),
        "1": message("Hours from 1"),
        "period": message("Periods from 1"),
    },
    "empty_intervals": {
        "missing": message("Nothing was recorded"),
        "zero": message("There were no contacts"),
    },
    "duration_unit": {
        "s": message("Seconds"),
        "ms": message("Milliseconds"),
        "min": message("Minutes"),
        "h": message("Hours"),
        "day": message("Days (a spreadsheet's time)"),
        "h.mm": message("Hours.minutes: 1.15 is 1 h 15 min"),
        "m.ss": message("Minutes.seconds: 3.25 is 3 min 25 s"),
    },
    "clock_parts": {
        "m:ss": message("Minutes : seconds"),
        "h:mm": message("Hours : minutes"),
    },
    "service_level_definition": {
        "answered_of_offered": message("Answered within T ÷ offered"),
        "short_abandons_excluded": message("Answered within T ÷ (offered − abandoned within T)"),
        "abandons_counted": message("(Answered + abandoned within T) ÷ offered"),
        "answered_of_answered": message("Answered within T ÷ answered"),
    },
    "duplicates": {
        "reject": message("Reject all of them"),
        "sum": message("Add them up"),
        "first": message("Take the first one"),
        "last": message("Take the last one"),
    },
    "channels": {
        "separate": message("One queue per channel"),
        "sum": message("Add the channels up"),
    },
}
"""Option → choice → what the window calls it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the option's value, its name, and the day that the example would be."""

    value: str
    label: Message
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a user; the answer becomes the option ``key`` of the mapping.

    Without ``answers`` it is answered in the list of columns.  ``standing`` is the value that holds
    while nobody answers; a question without one is ``open`` and keeps the file from being imported.
    ``suggested`` is the likeliest answer.
    """

    key: str
    text: Message
    answers: tuple[Answer, ...] = ()
    standing: str | None = None
    suggested: str = ""

    @property
    def open(self) -> bool:
        """Whether nothing can be imported before this is answered."""
        return self.standing is None


def asked(question: Question, today: date) -> Asked:
    """Return a question of a file in words for the window; years near ``today`` are offered."""
    example, column = question.example, question.column
    match question.option:
        case "date_order":
            text = message(
                "How are dates such as {example} in “{column}” to be read?",
                example=example,
                column=column,
            )
        case "year":
            text = message(
                "Dates such as {example} in “{column}” have no year. Which year is the first one?",
                example=example,
                column=column,
            )
            years = (str(year) for year in range(today.year + 1, today.year - 4, -1))
            return Asked(question.key, text, tuple(Answer(year, _itself(year)) for year in years))
        case "clock_parts" | "duration_unit":
            text = message("What is {example} in “{column}”?", example=example, column=column)
        case "interval_minutes":
            text = message(
                "How long is a period such as {example} in “{column}”?",
                example=example,
                column=column,
            )
        case "interval_label":
            text = message(
                "Contacts come at closing time but never at opening time. What does a time in this"
                " file name?"
            )
        case _ if question.text.text.startswith("No row of {file}"):
            text = message(
                "The headings of this file are not known. Say in the list of columns which one"
                " holds date and time, and which one the contacts."
            )
            return Asked("columns", text)
        case _:
            return Asked("columns", question.text)
    return Asked(question.key, text, _answers(question))


def _answers(question: Question) -> tuple[Answer, ...]:
    days = _days_of(question) if question.option == "date_order" else {}
    return tuple(
        Answer(value, choice_label(question.option, value), days.get(value))
        for value in question.choices
    )


def _days_of(question: Question) -> dict[str, date]:
    """Return the day that the example of a date is in each order."""
    parts = [int(part) for part in question.example.split("/") if part.isdecimal()]
    days: dict[str, date] = {}
    for order, places in ORDERS.items():
        try:
            year, month, day = (parts[place] for place in places)
            days[order] = date(year + 2000 if year < 100 else year, month, day)
        except (ValueError, IndexError):
            continue
    return days


def choice_label(option: str, value: str) -> Message:
    """Return what the window calls a choice of an option; a name stands for itself."""
    name = option.partition(":")[0]
    if name == "interval_minutes" and value.isdecimal():
        count = int(value)
        return message("{count} minute", plural="{count} minutes", count=count)
    found = CHOICES.get(name, {}).get(value)
    return _itself(value) if found is None else found


SETTINGS: dict[str, Message] = {
    "encoding": message("Encoding", context="import"),
    "delimiter": message("Delimiter", context="import"),
    "sheet": message("Sheet", context="import"),
    "header_row": message("Row of headings", context="import"),
    "zone": message("Time zone", context="import"),
    "interval_minutes": message("Length of intervals", context="import"),
    "interval_label": message("A time names", context="import"),
    "empty_intervals": message("An interval without a row", context="import"),
    "threshold_s": message("Seconds T of “within T”", context="import"),
}
"""What the window calls an option, in few words."""


def setting_label(option: str, column: str = "") -> Message:
    """Return what the window calls an option of the file, or of one of its columns."""
    if column and option == "date_order":
        return message("Dates in “{column}”", column=column)
    if column:
        return message("Times in “{column}”", column=column)
    return SETTINGS[option]


def month_answer(month: date) -> Answer:
    """Return a month as the answer of a mapping."""
    label = message(
        "{year}-{month}", context="month of a year", year=month.year, month=f"{month.month:02d}"
    )
    return Answer(f"{month:%Y-%m}", label)


def _itself(value: str) -> Message:
    return message("{value}", value=value)


COLUMNS: dict[str, Message] = {
    "interval_start": message("Date and time", context="column"),
    "date": message("Date", context="column"),
    "time": message("Time of day", context="column"),
    "interval_end": message("End of the interval", context="column"),
    "queue": message("Queue", context="column"),
    "channel": message("Channel", context="column"),
    "part": message("Part of a queue (added up)", context="column"),
    "offered": message("Contacts offered", context="column"),
    "answered": message("Contacts answered", context="column"),
    "abandoned": message("Contacts abandoned", context="column"),
    "abandoned_short": message("Abandoned within T", context="column"),
    "answered_within": message("Answered within T", context="column"),
    "service_level": message("Service level", context="column"),
    "answer_rate": message("Answer rate", context="column"),
    "abandon_rate": message("Abandon rate", context="column"),
    "asa": message("Mean wait of answered", context="column"),
    "wait_answered_s": message("Total wait of answered", context="column"),
    "wait_abandoned_s": message("Total wait of abandoned", context="column"),
    "handle_avg": message("Mean handling time", context="column"),
    "handle_s": message("Total handling time", context="column"),
    "talk_avg": message("Mean talk time", context="column"),
    "talk_s": message("Total talk time", context="column"),
    "hold_avg": message("Mean hold time", context="column"),
    "hold_s": message("Total hold time", context="column"),
    "acw_avg": message("Mean after-call work", context="column"),
    "acw_s": message("Total after-call work", context="column"),
    "staff_name": message("Name", context="column"),
    "staff_number": message("Staff number", context="column"),
    "reading": message("Reading of the name", context="column"),
    "team": message("Team", context="column"),
    "contract": message("Contract", context="column"),
    "skill_list": message("Skills", context="column"),
    "role": message("Role", context="column"),
    "hired": message("First day of employment", context="column"),
    "left": message("Last day of employment", context="column"),
    "birth_date": message("Date of birth", context="column"),
    "hourly_wage": message("Hourly wage", context="column"),
    "speed_percent": message("Speed in percent", context="column"),
    "overtime": message("Overtime so far", context="column"),
    "holiday_work": message("Statutory holiday work so far", context="column"),
    "leave_days": message("Paid leave left", context="column"),
    "weekend_days": message("Weekend days worked", context="column"),
    "holiday_days": message("Public holidays worked", context="column"),
    "late_days": message("Late shifts worked", context="column"),
    "night_days": message("Night shifts worked", context="column"),
    "refused_wishes": message("Wished days off not granted", context="column"),
    "day": message("Day of the wish", context="column"),
    "wish": message("Wish", context="column"),
    "shift_code": message("Shift code", context="column"),
    "shift_start": message("Start of the shift", context="column"),
    "shift_end": message("End of the shift", context="column"),
    "shift_break": message("Break", context="column"),
    "shift_name": message("Name of the shift", context="column"),
    "weekday": message("Availability on that weekday", context="column"),
    "skill": message("Level of that skill", context="column"),
    "roster_day": message("Day of the roster", context="column"),
}
"""What the window calls a canonical column."""


def column_label(column: str) -> Message:
    """Return what the window calls a canonical column; a column left out is not read."""
    return COLUMNS.get(column) or message("Not read", context="column")


def column_choices(reader: str) -> tuple[str, ...]:
    """Return the canonical columns that a reader, ``"acd"`` or ``"people"``, knows, in order."""
    known = known_columns(reader)
    return tuple(column for column in COLUMNS if column in known)
