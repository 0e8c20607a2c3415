"""The dirt of real interval files, part one: where a row stands in time."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest

from tests.imports.files import acd, cells, notes, only_day, reasons, write_xlsx
from wfm.imports import read_acd
from wfm.model.site import ImportMapping
from wfm.model.workload import Queue

HALF_HOURS = ["09:00", "09:30", "10:00", "10:30", "11:00"]


def test_item_2_an_interval_without_a_row_is_missing_not_zero(tmp_path: Path) -> None:
    rows = [["日時", "着信数"], *[[f"2026-11-02 {at}", 5] for at in HALF_HOURS if at != "10:00"]]
    day = only_day(acd(tmp_path, rows))
    assert day.interval_minutes == 30
    assert str(day.columns["offered"][18:23].tolist()) == "[5.0, 5.0, nan, 5.0, 5.0]"


def test_item_2_a_mapping_may_say_that_it_is_zero(tmp_path: Path) -> None:
    rows = [["日時", "着信数"], *[[f"2026-11-02 {at}", 5] for at in HALF_HOURS]]
    day = only_day(acd(tmp_path, rows, options={"empty_intervals": "zero"}))
    assert (day.columns["offered"][:18] == 0).all()
    assert day.columns["offered"].sum() == 25


def test_item_4_hours_past_midnight_carry_into_the_next_day(tmp_path: Path) -> None:
    rows = [["日付", "時間帯", "着信数"]]
    rows += [
        ["2026-11-02", at, n]
        for n, at in enumerate(["23:00", "23:30", "24:00", "24:30", "29:30"], 1)
    ]
    found = cells(acd(tmp_path, rows))
    assert found == {
        ("all", "2026-11-02", "23:00"): 1,
        ("all", "2026-11-02", "23:30"): 2,
        ("all", "2026-11-03", "00:00"): 3,
        ("all", "2026-11-03", "00:30"): 4,
        ("all", "2026-11-03", "05:30"): 5,
    }


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York"])
def test_item_10_a_repeated_hour_is_added_up_and_flagged(tmp_path: Path, zone: str) -> None:
    day, hour = ("2026-10-25", 2) if zone.startswith("Europe") else ("2026-11-01", 1)
    labels = [
        f"{day} {hour - 1}:00",
        f"{day} {hour}:00",
        f"{day} {hour}:00",
        f"{day} {hour + 1}:00",
    ]
    rows = [["interval_start", "offered"], *[[at, n] for n, at in enumerate(labels, 1)]]
    result = acd(tmp_path, rows, zone=zone, options={"interval_minutes": "60"})
    assert cells(result)["all", day, f"{hour:02d}:00"] == 5
    assert "clock change repeats" in notes(result)
    assert result.accepted_rows == 4


def test_item_10_utc_labels_of_a_repeated_hour_land_on_it_twice(tmp_path: Path) -> None:
    rows = [["Interval Start UTC Date", "Queue", "Offered"]]
    rows += [[f"2026-10-25T{hour:02d}:00:00Z", "a", 1] for hour in range(4)]
    found = cells(acd(tmp_path, rows, zone="Europe/Amsterdam", options={"interval_minutes": "60"}))
    assert found == {
        ("a", "2026-10-25", "02:00"): 2,
        ("a", "2026-10-25", "03:00"): 1,
        ("a", "2026-10-25", "04:00"): 1,
    }


def test_item_10_a_time_that_the_clock_skips_is_refused_when_it_holds_contacts(
    tmp_path: Path,
) -> None:
    rows = [["interval_start", "offered"]]
    rows += [[f"2026-03-29 0{hour}:00", hour] for hour in (1, 2, 3)]
    rows += [["2026-03-29 02:30", 0], ["2026-03-29 01:30", 1], ["2026-03-29 03:30", 1]]
    result = acd(tmp_path, rows, zone="Europe/Amsterdam")
    assert [item.row for item in result.problems] == [3]
    assert "clock skips" in reasons(result)[0]
    assert result.skipped_rows == 1


def test_item_10_japan_has_no_clock_change(tmp_path: Path) -> None:
    rows = [["interval_start", "offered"], ["2026-10-25 02:00", 1], ["2026-10-25 02:00", 2]]
    assert acd(tmp_path, rows).rejected_rows == 2


def test_item_11_labels_may_name_the_end(tmp_path: Path) -> None:
    rows = [["日時", "着信数"], *[[f"2026-11-02 {at}", n] for n, at in enumerate(HALF_HOURS, 1)]]
    found = cells(acd(tmp_path, rows, options={"interval_label": "end"}))
    assert found["all", "2026-11-02", "08:30"] == 1
    assert ("all", "2026-11-02", "11:00") not in found


def test_item_11_an_end_column_alone_names_ends(tmp_path: Path) -> None:
    rows = [
        ["日付", "終了時刻", "着信数"],
        *[["2026-11-02", at, 1] for at in (*HALF_HOURS, "24:00")],
    ]
    found = cells(acd(tmp_path, rows))
    assert ("all", "2026-11-02", "23:30") in found


def test_item_11_contacts_at_closing_time_raise_a_question(tmp_path: Path) -> None:
    queue = Queue("q", "窓口", "q", opening=dict.fromkeys(range(5), ((540, 660),)))
    rows = [["日時", "窓口", "着信数"]]
    for day in ("02", "03"):
        rows += [[f"2026-11-{day} {at}", "窓口", 3] for at in ("09:30", "10:00", "10:30", "11:00")]
    result = acd(tmp_path, rows, queues=[queue])
    assert [question.option for question in result.questions] == ["interval_label"]
    assert result.accepted_rows == 0
    answered = acd(tmp_path, rows, queues=[queue], options={"interval_label": "end"})
    assert min(cells(answered)) == ("q", "2026-11-02", "09:00")


def test_item_11_hours_1_to_24_are_the_hours_of_the_day(tmp_path: Path) -> None:
    rows = [["日付", "時", "着信数"], *[["2026-11-02", hour, hour] for hour in range(1, 25)]]
    result = acd(tmp_path, rows)
    found = cells(result)
    assert (found["all", "2026-11-02", "00:00"], found["all", "2026-11-02", "23:00"]) == (1, 24)
    assert "read as 0:00 to 23:00" in notes(result)


def test_periods_count_from_midnight_once_their_length_is_known(tmp_path: Path) -> None:
    rows = [["日付", "時間帯", "着信数"], *[["2026-11-02", n, n] for n in range(19, 37)]]
    asked = acd(tmp_path, rows)
    assert asked.questions[0].option == "interval_minutes"
    found = cells(acd(tmp_path, rows, options={"interval_minutes": "30"}))
    assert found["all", "2026-11-02", "09:00"] == 19
    full = [["日付", "時間帯", "着信数"], *[["2026-11-02", n, n] for n in range(1, 49)]]
    assert cells(acd(tmp_path, full))["all", "2026-11-02", "23:30"] == 48


@pytest.mark.parametrize("at", ["午後1:00", "1:00 PM", "13:00", "13時", "1300", "13:00-13:30"])
def test_item_12_every_way_to_write_one_o_clock(tmp_path: Path, at: str) -> None:
    result = acd(tmp_path, [["日付", "時間帯", "着信数"], ["2026-11-02", at, 4]])
    assert cells(result) == {("all", "2026-11-02", "13:00"): 4}


@pytest.mark.parametrize(
    "day", ["令和8年11月23日", "R8.11.23", "2026/11/23(月)", "20261123", "46349", "2026年11月23日"]
)
def test_item_13_every_way_to_write_a_day(tmp_path: Path, day: str) -> None:
    result = acd(tmp_path, [["日付", "時間帯", "着信数"], [day, "9:00", 4]])
    assert cells(result) == {("all", "2026-11-23", "09:00"): 4}


def test_item_13_a_day_without_a_year_takes_it_from_the_title_or_asks(tmp_path: Path) -> None:
    rows = [["日付", "時間帯", "着信数"], ["11/23(月)", "9:00", 4]]
    assert acd(tmp_path, rows).questions[0].option == "year"
    titled = [["受電実績 2026年11月"], [], *rows]
    assert list(cells(acd(tmp_path, titled))) == [("all", "2026-11-23", "09:00")]
    assert list(cells(acd(tmp_path, rows, options={"year": "2026"}))) == [
        ("all", "2026-11-23", "09:00")
    ]


def test_a_day_that_can_be_read_in_two_ways_is_asked_for(tmp_path: Path) -> None:
    rows = [["Date", "Time", "Offered"], ["03/04/2026", "9:00", 1], ["05/04/2026", "9:00", 1]]
    result = acd(tmp_path, rows)
    assert result.questions[0].option == "date_order"
    assert (result.accepted_rows, result.rejected_rows) == (0, 2)
    assert "date_order" in reasons(result)[0]
    found = cells(acd(tmp_path, rows, options={"date_order": "dmy"}))
    assert {day for _, day, _ in found} == {"2026-04-03", "2026-04-05"}


def test_item_16_the_interval_length_may_change_within_a_file(tmp_path: Path) -> None:
    rows = [["interval_start", "offered"]]
    for day in (2, 3):
        rows += [[f"2026-11-0{day} {9 + n // 4:02d}:{n % 4 * 15:02d}", 1] for n in range(36)]
    for day in (4, 5):
        rows += [[f"2026-11-0{day} {9 + n // 2:02d}:{n % 2 * 30:02d}", 2] for n in range(18)]
    result = acd(tmp_path, rows)
    assert [day.interval_minutes for day in result.days] == [15, 15, 30, 30]
    assert [
        float(sum(day.columns["offered"][day.columns["offered"] > 0])) for day in result.days
    ] == [36] * 4
    assert "different length: 15, 30" in notes(result)


def test_item_16_a_quiet_day_keeps_the_grid_of_its_neighbours(tmp_path: Path) -> None:
    rows = [["interval_start", "queue", "offered"]]
    for day in (2, 3):
        rows += [[f"2026-11-0{day} {9 + n // 4:02d}:{n % 4 * 15:02d}", "a", 1] for n in range(36)]
    rows += [[f"2026-11-04 {hour}:00", "a", 1] for hour in (10, 12, 15)]
    assert {day.interval_minutes for day in acd(tmp_path, rows).days} == {15}


def test_item_18_an_inclusive_end_is_no_interval_of_its_own(tmp_path: Path) -> None:
    rows = [["時間帯", "日付", "着信数"]]
    spans = ["9:00-9:29", "9:30～9:59", "10:00-10:29:59", "10:30-11:00"]
    rows += [[span, "2026-11-02", n] for n, span in enumerate(spans, 1)]
    day = only_day(acd(tmp_path, rows, interval_minutes=15))
    assert day.interval_minutes == 30
    assert day.columns["offered"][18:22].tolist() == [1, 2, 3, 4]


def test_a_row_between_the_intervals_is_refused(tmp_path: Path) -> None:
    rows = [["日時", "着信数"], *[[f"2026-11-02 {at}", 1] for at in HALF_HOURS * 1]]
    rows += [[f"2026-11-03 {at}", 1] for at in HALF_HOURS] + [["2026-11-03 11:37", 1]]
    result = acd(tmp_path, rows)
    assert [item.row for item in result.problems] == [12]
    assert "30 minutes" in reasons(result)[0]


def test_six_minute_intervals_are_added_up(tmp_path: Path) -> None:
    rows = [["interval_start", "calls"], *[[f"2026-11-02 09:{n * 6:02d}", 1] for n in range(10)]]
    day = only_day(acd(tmp_path, rows))
    assert (day.interval_minutes, day.columns["offered"][18:20].tolist()) == (30, [5, 5])


def test_typed_dates_and_times_of_a_workbook_are_read(tmp_path: Path) -> None:
    rows = [["日付", "時刻", "着信数"], [date(2026, 11, 2), time(9, 0), 3], ["", time(9, 30), 4]]
    path = write_xlsx(tmp_path / "a.xlsx", {"11月": rows})
    result = read_acd(path)
    assert cells(result) == {("all", "2026-11-02", "09:00"): 3, ("all", "2026-11-02", "09:30"): 4}
    assert "read as the value above" in notes(result)


def test_midnight_of_a_typed_moment_is_a_time(tmp_path: Path) -> None:
    rows = [["日時", "着信数"], *[[datetime(2026, 11, 2, hour), 1] for hour in range(4)]]
    found = cells(read_acd(write_xlsx(tmp_path / "a.xlsx", {"x": rows})))
    assert min(found) == ("all", "2026-11-02", "00:00")


def test_utc_labels_become_the_clock_of_the_site(tmp_path: Path) -> None:
    rows = [
        ["Interval Start", "Offered"],
        ["2026-11-01T23:30:00Z", 1],
        ["2026-11-02T09:30:00+09:00", 2],
    ]
    found = cells(acd(tmp_path, rows))
    assert found == {("all", "2026-11-02", "08:30"): 1, ("all", "2026-11-02", "09:30"): 2}


def test_a_mapping_may_name_the_zone_of_plain_times(tmp_path: Path) -> None:
    rows = [["日時", "着信数"], ["2026-11-02 00:00", 1]]
    found = cells(acd(tmp_path, rows, options={"zone": "UTC"}))
    assert found == {("all", "2026-11-02", "09:00"): 1}


def test_whole_days_are_no_intervals(tmp_path: Path) -> None:
    result = acd(tmp_path, [["日付", "着信数"], ["2026-11-02", 100], ["2026-11-03", 90]])
    assert result.accepted_rows == 0
    assert "no time of day" in reasons(result)[0]


def test_a_title_may_hold_the_only_date(tmp_path: Path) -> None:
    rows = [
        ["受電レポート"],
        ["対象日: 2026年11月2日"],
        [],
        ["時間帯", "着信数"],
        ["9:00", 5],
        ["9:30", 6],
    ]
    path = write_xlsx(tmp_path / "a.xlsx", {"x": rows})
    assert cells(read_acd(path)) == {
        ("all", "2026-11-02", "09:00"): 5,
        ("all", "2026-11-02", "09:30"): 6,
    }
    assert read_acd(path, ImportMapping("m", {}, {"header_row": "4"})).accepted_rows == 2
