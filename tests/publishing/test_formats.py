"""Published rosters, read back with other programs' eyes."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from icalendar import Calendar
from openpyxl.worksheet.worksheet import Worksheet

from tests.publishing.builders import DUTIES, MONDAY, NOW, WeekSheet, week_sheet
from wfm.clock import fixed_clock
from wfm.errors import WfmError
from wfm.model.people import Agent
from wfm.model.roster import Duty, Roster
from wfm.model.time import Horizon
from wfm.publishing import FORMATS

BY_KEY = {item.key: item for item in FORMATS}
TOKYO = ZoneInfo("Asia/Tokyo")


def files(key: str, sheet: WeekSheet | None = None, language: str = "ja") -> dict[str, bytes]:
    return dict(BY_KEY[key].build(sheet or week_sheet(), language, NOW))


def only(key: str, sheet: WeekSheet | None = None, language: str = "ja") -> bytes:
    (content,) = files(key, sheet, language).values()
    return content


def grid(language: str = "ja", name: str = "勤務表") -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(only("xlsx", language=language)))
    return [[cell.value for cell in row] for row in book[name].iter_rows()]


def row_of(rows: list[list[object]], text: str, column: int = 1) -> list[object]:
    return next(row for row in rows if row[column] == text)


def calendar(name: str, sheet: WeekSheet | None = None, language: str = "ja") -> Calendar:
    return Calendar.from_ical(files("ics", sheet, language)[name])


def test_the_formats_are_those_the_command_line_offers() -> None:
    assert [item.key for item in FORMATS] == ["csv", "xlsx", "ics"]


@pytest.mark.parametrize("key", BY_KEY)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_same_roster_at_the_same_moment_is_the_same_file(key: str, language: str) -> None:
    assert files(key, language=language) == files(key, language=language)


@pytest.mark.parametrize("key", BY_KEY)
def test_an_unknown_language_is_refused(key: str) -> None:
    with pytest.raises(WfmError, match="fr"):
        files(key, language="fr")


@pytest.mark.parametrize("key", BY_KEY)
def test_a_week_in_which_nobody_works_is_still_a_file(key: str) -> None:
    sheet = WeekSheet(Roster(Horizon(MONDAY, 7)), ())
    assert next(iter(files(key, sheet).values()))


# --- CSV -----------------------------------------------------------------------------------------


def csv_rows(language: str = "ja") -> list[dict[str, str]]:
    text = only("csv", language=language).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_holds_one_row_per_duty_in_order_of_date_and_team() -> None:
    rows = csv_rows()
    assert [(row["日付"], row["従業員番号"]) for row in rows] == [
        ("2026-11-30", "0003"), ("2026-11-30", "0001"), ("2026-11-30", "0002"),
        ("2026-12-01", "0001"),
    ]  # fmt: skip
    assert rows[1] == {
        "日付": "2026-11-30", "曜日": "月", "従業員番号": "0001", "氏名": "山田 花子",
        "班": "一班", "記号": "早", "勤務": "早番", "開始": "8:30", "終了": "17:30",
        "休憩": "12:30-13:30", "小休憩": "10:30-10:45", "実働": "8:00",
    }  # fmt: skip


def test_csv_writes_a_night_beyond_midnight_and_no_name_as_a_formula() -> None:
    night = csv_rows("en")[2]
    assert (night["Start"], night["End"], night["Weekday"]) == ("22:00", "31:00", "Mon")
    assert night["Name"] == "'=鈴木 一郎"


# --- Excel ---------------------------------------------------------------------------------------


def test_excel_shows_a_code_per_person_and_day() -> None:
    rows = grid()
    assert rows[1][:10] == [
        "従業員番号", "氏名", "班", "11/30", "12/1", "12/2", "12/3", "12/4", "12/5", "12/6",
    ]  # fmt: skip
    assert rows[2][3:10] == list("月火水木金土日")
    assert row_of(rows, "山田 花子")[3:10] == ["早", "早", "有", "休", "休", "休", "休"]
    assert row_of(rows, "佐藤 次郎")[3:10] == ["10:00-16:00", "休", "休", None, None, None, None]


def test_excel_keeps_leading_zeros_and_writes_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(only("xlsx")))
    cells = [cell for paper in book for row in paper.iter_rows() for cell in row]
    assert "0001" in {cell.value for cell in cells}
    assert "=鈴木 一郎" in {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_excel_leaves_out_who_has_left_before_the_week() -> None:
    assert "元 社員" not in {row[1] for row in grid()}


def test_excel_adds_up_days_hours_and_codes_per_person() -> None:
    rows = grid()
    assert rows[1][10:] == ["勤務日数", "勤務時間数", "早", "夜", "10:00-16:00"]
    assert row_of(rows, "山田 花子")[10:] == [2, timedelta(hours=16), 2, 0, 0]
    night = row_of(rows, "=鈴木 一郎")
    assert (night[10], as_hours(night[11])) == (1, 8)


def as_hours(value: object) -> float:
    """Excel durations below a day come back as times."""
    if isinstance(value, timedelta):
        return value.total_seconds() / 3600
    return value.hour + value.minute / 60


def test_excel_adds_up_codes_people_and_hours_per_day() -> None:
    rows = grid()
    bottom = rows[next(place for place, row in enumerate(rows) if row[1] == "佐藤 次郎") + 3 :]
    assert row_of(bottom, "早")[3:6] == [1, 1, 0]
    assert row_of(bottom, "夜")[3:6] == [1, 0, 0]
    assert row_of(bottom, "出勤者数")[3:6] == [3, 1, 0]
    assert as_hours(row_of(bottom, "勤務時間数")[3]) == 8 + 8 + 5


def test_excel_explains_the_codes_in_use() -> None:
    rows = grid()
    start = next(place for place, row in enumerate(rows) if row[0] == "凡例")
    legend = {row[0]: row[1:4] for row in rows[start + 2 :]}
    assert legend["早"] == ["早番", "8:00–9:00", "9:00"]
    assert legend["夜"] == ["夜勤", "22:00", "9:00"]
    assert legend["有"][0] == "年次有給休暇"
    assert legend["休"][0] == "休み"
    assert "遅" not in legend
    assert "特" not in legend


def test_excel_has_a_second_sheet_of_times() -> None:
    rows = grid(name="勤務時間")
    assert row_of(rows, "山田 花子")[3:5] == ["8:30-17:30", "8:00-17:00"]
    assert row_of(rows, "=鈴木 一郎")[3] == "22:00-31:00"


def test_excel_speaks_english_and_tints_sundays_and_holidays() -> None:
    sheet = week_sheet()
    sheet.holidays[MONDAY + timedelta(days=1)] = "祝日"
    book = openpyxl.load_workbook(io.BytesIO(only("xlsx", sheet, "en")))
    paper: Worksheet = book["Roster"]
    assert [paper.cell(2, column).value for column in (1, 2, 3)] == [
        "Employee number", "Name", "Team",
    ]  # fmt: skip
    colours = [paper.cell(3, column).fill.start_color.rgb for column in range(4, 11)]
    assert colours[1] == colours[6] != colours[5] != colours[0]
    assert paper.freeze_panes == "D4"


# --- calendars -----------------------------------------------------------------------------------


def test_there_is_a_calendar_for_all_for_each_team_and_for_each_agent() -> None:
    assert list(files("ics")) == [
        "roster-2026-W49.ics", "roster-2026-W49-team-二班.ics", "roster-2026-W49-team-一班.ics",
        "roster-2026-W49-0003.ics", "roster-2026-W49-0001.ics", "roster-2026-W49-0002.ics",
    ]  # fmt: skip


def test_an_agent_s_duties_and_leave_stand_in_their_own_calendar() -> None:
    own = calendar("roster-2026-W49-0001.ics")
    assert own["X-WR-CALNAME"] == "山田 花子 勤務表"
    monday, tuesday, leave = own.events
    assert monday["SUMMARY"] == "早番 8:30–17:30"
    assert monday.start == datetime(2026, 11, 30, 8, 30, tzinfo=TOKYO)
    assert monday.end == datetime(2026, 11, 30, 17, 30, tzinfo=TOKYO)
    assert monday["DTSTART"].params["TZID"] == "Asia/Tokyo"
    assert monday["DESCRIPTION"] == "休憩 12:30-13:30\n小休憩 10:30-10:45"
    assert tuesday.start == datetime(2026, 12, 1, 8, 0, tzinfo=TOKYO)
    assert (leave["SUMMARY"], leave.start, leave.end) == (
        "年次有給休暇", date(2026, 12, 2), date(2026, 12, 3),
    )  # fmt: skip
    assert not [item for item in own.walk() if item.name == "VALARM"]
    assert [zone.tz_name for zone in own.timezones] == ["Asia/Tokyo"]


def test_colleagues_see_duties_with_names_but_no_leave() -> None:
    shared = calendar("roster-2026-W49.ics")
    assert len(shared.events) == len(DUTIES)
    assert "=鈴木 一郎 夜勤 22:00–31:00" in {str(event["SUMMARY"]) for event in shared.events}
    team = calendar("roster-2026-W49-team-二班.ics")
    assert [str(event["SUMMARY"]) for event in team.events] == ["佐藤 次郎 勤務 10:00–16:00"]


def test_a_night_duty_ends_on_the_next_day() -> None:
    (night,) = calendar("roster-2026-W49-0002.ics").events
    assert night.start == datetime(2026, 11, 30, 22, 0, tzinfo=TOKYO)
    assert night.end == datetime(2026, 12, 1, 7, 0, tzinfo=TOKYO)


def test_times_follow_the_clock_of_the_zone_across_a_clock_change() -> None:
    sunday = date(2026, 10, 25)
    roster = Roster(
        Horizon(sunday, 1, 15, "Europe/Berlin"),
        (Duty("a", sunday - timedelta(days=1), 1320, 1860),),
    )
    sheet = WeekSheet(roster, (Agent("a", "1", "A", "t", "c"),))
    (night,) = calendar("roster-2026-W43-1.ics", sheet).events
    assert night.end - night.start == timedelta(hours=9)  # by the wall clock
    assert night.end.utcoffset() == timedelta(hours=1)
    assert night.start.utcoffset() == timedelta(hours=2)


def test_a_later_export_moves_the_same_entries() -> None:
    sheet = week_sheet()
    moved = WeekSheet(
        Roster(
            sheet.roster.horizon,
            tuple(Duty(item.agent, item.day, item.start + 30, item.end + 30) for item in DUTIES),
        ),
        sheet.agents,
    )
    before = calendar("roster-2026-W49.ics").events
    later = dict(BY_KEY["ics"].build(moved, "ja", fixed_clock(NOW() + timedelta(hours=1))))
    after = Calendar.from_ical(later["roster-2026-W49.ics"]).events
    assert {str(event["UID"]) for event in before} == {str(event["UID"]) for event in after}
    assert len({str(event["UID"]) for event in before}) == len(DUTIES)
    assert all(event["SEQUENCE"] > before[0]["SEQUENCE"] for event in after)


def test_numbers_that_no_file_name_can_hold_still_give_a_file_each() -> None:
    people = tuple(
        Agent(key, number, key, "t", "c") for key, number in (("a", "1/2"), ("b", "1:2"), ("c", ""))
    )
    duties = tuple(Duty(item.key, MONDAY, 540, 600) for item in people)
    names = list(files("ics", WeekSheet(Roster(Horizon(MONDAY, 7), duties), people, teams=())))
    assert names == [
        "roster-2026-W49.ics", "roster-2026-W49-c.ics", "roster-2026-W49-1_2.ics",
        "roster-2026-W49-1_2-2.ics",
    ]  # fmt: skip
