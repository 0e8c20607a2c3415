"""What to do about a refused row: one sentence of advice for every reason of refusal."""

from __future__ import annotations

from wfm.messages import Message, message

CORRECT = message(
    "Correct the cell in the file and import it again; rows imported before stay as they are."
)
NUMBER = message(
    "Write a plain number, or leave the cell empty where nothing was recorded. If the whole column"
    " holds no numbers, choose another meaning for it above."
)
LENGTH = message(
    "Write a length such as 3:25 or 205. If the whole column looks like this, choose its unit or"
    " another meaning above."
)
MOMENT = message(
    "Write date and time as 2026-11-23 09:00. If the whole column looks like this, choose another"
    " meaning for it above."
)
DAY = message(
    "Correct the date. If many dates are refused, change the order of day and month above."
)
FIGURES = message(
    "Compare with the source system. If many rows are refused, a column above may have the wrong"
    " meaning."
)
GRID = message("Correct the time, or choose the length of the intervals above.")
DISPUTE = message("Choose above what to do with several rows of one interval.")
SKIPPED = message("Correct the time, or choose the time zone of the file above.")
PERSON = message("Correct name or number, or import the list of people first.")
NUMBERS = message("Add the staff number to the row.")
OWN_ROW = message("Correct the row that introduces this person; then this one is accepted too.")
TWICE = message("Keep one of the two rows.")
CONTRACT = message("Choose above which contract is meant, or create the contract first.")
SKILL = message("Write ◎, ○, △, × or 0 to 3.")
MONTH = message("Choose the month above, or write it above the days.")
WEEKDAYS = message("Correct the row of weekdays, or choose another month above.")
CODE = message(
    "Add the code with its times to a legend in the file, or as a shift kind to the centre."
)
TWO_CODES = message("Keep one of the two codes.")
SPAN = message("Write a span such as 9:00-18:00.")
NAME = message("Write the person's name.")

ADVICE: dict[str, Message] = {
    "this is not a number": NUMBER,
    "this is not a percentage between 0 and 100": NUMBER,
    "this is not a length of time such as 3:25, 0:03:25 or 205": LENGTH,
    "this is neither a date nor a time that can be read": MOMENT,
    "this is not a date such as 2026-11-23": DAY,
    "there is no such day": DAY,
    "{day} is another day of the week": DAY,
    "the other rows have intervals of {minutes} minutes, this one begins between them": GRID,
    "several rows name this queue and interval with different numbers; the mapping option"
    " “duplicates” tells which to take": DISPUTE,
    "the clock skips this time on that day": SKIPPED,
    "this is less than nothing": FIGURES,
    "more than {most} contacts in one interval": FIGURES,
    "more than were offered in the interval": FIGURES,
    "more than were answered in the interval": FIGURES,
    "more than 24 hours for one contact": FIGURES,
    "this person is not in the list of people": PERSON,
    "this number belongs to {name}": PERSON,
    "several people have this name; add their numbers": NUMBERS,
    "the row that introduces this person was refused": OWN_ROW,
    "this person is already in row {row}": TWICE,
    "this code is already in row {row}": TWICE,
    "there is no such contract; there are {names}": CONTRACT,
    "a person needs a contract; there are {names}": CONTRACT,
    "a person needs a name": NAME,
    "a skill is marked ◎, ○, △, × or 0 to 3": SKILL,
    "the month of this roster is not known; write it above the days (2026-10) or name it": MONTH,
    "the days run over a month's end; add a row of weekdays or write full dates, so that the month"
    " of the first day is certain": WEEKDAYS,
    "the weekdays beside the days are not those of {month}": WEEKDAYS,
    "this month has no such day": WEEKDAYS,
    "this code is neither in a legend nor a shift kind nor a kind of leave": CODE,
    "these two codes cannot be together on one day": TWO_CODES,
    "this is not a span of the day such as 9:00-18:00": SPAN,
    "the spreadsheet turned this cell into a date; format it as text and write 9:00-18:00": SPAN,
}
"""Template of a reason → advice; whatever is not here is corrected in its cell."""


def advice_for(reason: Message) -> Message:
    """Return what to do about a row that was refused for ``reason``."""
    return ADVICE.get(reason.text, CORRECT)
