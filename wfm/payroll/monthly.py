"""The generic monthly layout: one row per person and wage month.

Hours of a band contain its night hours (22:00–5:00); the night hours stand once more in their own
column, for payroll systems that pay night as a premium on top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wfm.calendars import wage_month
from wfm.model.people import Agent
from wfm.model.site import Site
from wfm.model.worktime import DAY_KINDS, DayWork, MonthWork
from wfm.payroll.checks import pair_up
from wfm.payroll.payroll_file import PayrollFile
from wfm.payroll.table import Column, Days, Minutes, Text, make_file


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One person's month as the columns read it."""

    agent: Agent
    work: MonthWork
    first: date
    last: date

    def days(self, kind: str) -> int:
        """Return how many days with work are of a kind; each day counts once."""
        return sum(1 for day in self.work.days if day.worked and kind_of(day) == kind)


def kind_of(day: DayWork) -> str:
    """Return the kind of a day: that of most of its minutes (a night may reach into a day off)."""
    minutes = dict.fromkeys(DAY_KINDS, 0)
    for cell, count in day.minutes.items():
        minutes[cell.day_kind] += count
    return max(DAY_KINDS, key=lambda kind: minutes[kind])


COLUMNS: tuple[Column[MonthRow], ...] = (
    Text("number", "従業員番号", "Employee number", lambda row: row.agent.number.strip()),
    Text("name", "氏名", "Name", lambda row: row.agent.name),
    Text("month", "対象年月", "Month", lambda row: f"{row.work.month:%Y-%m}"),
    Text("first", "集計開始日", "From", lambda row: row.first.isoformat()),
    Text("last", "集計終了日", "To", lambda row: row.last.isoformat()),
    Days("days_working", "出勤日数（平日）", "Days worked", lambda row: row.days("working_day")),
    Days(
        "days_company_off",
        "出勤日数（所定休日）",
        "Days worked on company days off",
        lambda row: row.days("company_day_off"),
    ),
    Days(
        "days_statutory_off",
        "出勤日数（法定休日）",
        "Days worked on statutory days off",
        lambda row: row.days("statutory_day_off"),
    ),
    Days("absence", "欠勤日数", "Days absent", lambda row: row.work.absence_days),
    Days("paid_leave", "有休日数", "Days of paid leave", lambda row: row.work.paid_leave_days),
    Minutes(
        "paid_leave_time",
        "有休時間",
        "Time of paid leave",
        lambda row: row.work.paid_leave_minutes,
    ),
    Minutes("worked", "総労働時間", "Worked", lambda row: row.work.total()),
    Minutes("contract", "所定労働時間", "Contracted", lambda row: row.work.total("contract")),
    Minutes(
        "within_statutory",
        "法定内残業時間",
        "Beyond contract within statutory hours",
        lambda row: row.work.total("within_statutory"),
    ),
    Minutes(
        "overtime",
        "法定外残業時間（60時間以内）",
        "Overtime up to 60 h",
        lambda row: row.work.total("overtime"),
    ),
    Minutes(
        "overtime_over_60h",
        "法定外残業時間（60時間超）",
        "Overtime above 60 h",
        lambda row: row.work.total("overtime_over_60h"),
    ),
    Minutes(
        "statutory_holiday",
        "法定休日労働時間",
        "Work on statutory days off",
        lambda row: row.work.total("statutory_holiday"),
    ),
    Minutes("night", "うち深夜時間", "Of this at night", lambda row: row.work.total(night=True)),
)


def build_monthly(
    works: Sequence[MonthWork],
    agents: Sequence[Agent],
    site: Site,
    month: date,
    language: str,
    notation: str = "h:mm",
    *,
    encoding: str,
) -> PayrollFile:
    """Return the monthly file in an encoding."""
    first, last = wage_month(month, site.closing_day)
    pairs, problems = pair_up(works, agents)
    return make_file(
        name=f"payroll-{month:%Y-%m}.csv",
        columns=COLUMNS,
        rows=[(agent, MonthRow(agent, work, first, last)) for agent, work in pairs],
        problems=problems,
        language=language,
        encoding=encoding,
        notation=notation,
    )
