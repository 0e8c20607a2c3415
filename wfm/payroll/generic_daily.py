"""The generic daily layout: one row per person and day with work, in UTF-8 with byte-order mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wfm.messages import message
from wfm.model.people import Agent
from wfm.model.site import Site
from wfm.model.worktime import DayWork, MonthWork
from wfm.payroll.checks import pair_up
from wfm.payroll.monthly import kind_of
from wfm.payroll.payroll_file import PayrollFile, PayrollFormat
from wfm.payroll.table import Column, Minutes, Text, make_file

KINDS = {
    "ja": {
        "working_day": "平日",
        "company_day_off": "所定休日",
        "statutory_day_off": "法定休日",
    },
    "en": {
        "working_day": "working day",
        "company_day_off": "company day off",
        "statutory_day_off": "statutory day off",
    },
}


@dataclass(frozen=True, slots=True)
class DayRow:
    """One person's day as the columns read it."""

    agent: Agent
    day: DayWork
    kind: str

    def band(self, name: str) -> int:
        """Return the minutes of a band, its night minutes among them."""
        return sum(minutes for cell, minutes in self.day.minutes.items() if cell.band == name)

    @property
    def night(self) -> int:
        """Minutes between 22:00 and 5:00."""
        return sum(minutes for cell, minutes in self.day.minutes.items() if cell.night)


COLUMNS: tuple[Column[DayRow], ...] = (
    Text("number", "従業員番号", "Employee number", lambda row: row.agent.number.strip()),
    Text("name", "氏名", "Name", lambda row: row.agent.name),
    Text("date", "日付", "Date", lambda row: row.day.day.isoformat()),
    Text("kind", "勤務日区分", "Kind of day", lambda row: row.kind),
    Minutes("worked", "総労働時間", "Worked", lambda row: row.day.worked),
    Minutes("breaks", "休憩時間", "Breaks", lambda row: row.day.break_minutes),
    Minutes("contract", "所定労働時間", "Contracted", lambda row: row.band("contract")),
    Minutes(
        "within_statutory",
        "法定内残業時間",
        "Beyond contract within statutory hours",
        lambda row: row.band("within_statutory"),
    ),
    Minutes(
        "overtime",
        "法定外残業時間（60時間以内）",
        "Overtime up to 60 h",
        lambda row: row.band("overtime"),
    ),
    Minutes(
        "overtime_over_60h",
        "法定外残業時間（60時間超）",
        "Overtime above 60 h",
        lambda row: row.band("overtime_over_60h"),
    ),
    Minutes(
        "statutory_holiday",
        "法定休日労働時間",
        "Work on statutory days off",
        lambda row: row.band("statutory_holiday"),
    ),
    Minutes("night", "うち深夜時間", "Of this at night", lambda row: row.night),
)


def build(
    works: Sequence[MonthWork],
    agents: Sequence[Agent],
    site: Site,
    month: date,
    language: str,
    notation: str = "h:mm",
) -> PayrollFile:
    """Return the file; people in the order of ``works``, each with their days in order."""
    del site  # days carry their own dates
    kinds = KINDS.get(language, KINDS["en"])
    pairs, problems = pair_up(works, agents)
    return make_file(
        name=f"payroll-daily-{month:%Y-%m}.csv",
        columns=COLUMNS,
        rows=[
            (agent, DayRow(agent, day, kinds[kind_of(day)]))
            for agent, work in pairs
            for day in sorted(work.days, key=lambda day: day.day)
            if day.worked
        ],
        problems=problems,
        language=language,
        encoding="utf-8-sig",
        notation=notation,
    )


GENERIC_DAILY = PayrollFormat("generic-daily", message("Generic, one row per day (UTF-8)"), build)
