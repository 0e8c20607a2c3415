"""Dates and times of day: what one cell says, and what a whole column means."""

# ruff: noqa: E501 - tables read better in one line per row

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.imports.dates import days_of_titles, month_of_titles, settle_days, year_of_titles
from wfm.imports.moments import SERIAL_EPOCH, parse_stamp

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23", "2026/11/23", "2026.11.23", "20261123", "2026年11月23日", "令和8年11月23日",
        "R8.11.23", "r08/11/23", "２０２６／１１／２３", "2026/11/23(月)", "2026年11月23日（月）", "Nov 23, 2026",
        "23-Nov-2026", "Mon 2026-11-23", "46349", 46349.0, datetime(2026, 11, 23), DAY,
    ],
)  # fmt: skip
def test_a_date_that_leaves_no_doubt_is_read(text: object) -> None:
    stamp = parse_stamp(text)
    assert stamp is not None
    assert stamp.day == DAY


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("9:00", 540), ("09:00:00", 540), ("9時30分", 570), ("午後1:00", 780), ("午前0:15", 15),
        ("1:00 PM", 780), ("12:00 AM", 0), ("12:30 p.m.", 750), ("午後12:30", 750), ("24:00", 1440),
        ("25:30", 1530), ("36:00", 2160), ("0930", 570), ("９：００", 540), ("9時台", 540), (0.375, 540),
        ("PM 1:00", 780), ("3 pm", 900),
    ],
)  # fmt: skip
def test_a_time_of_day_is_read(text: object, minute: int) -> None:
    stamp = parse_stamp(text)
    assert stamp is not None
    assert stamp.minute == minute
    assert not stamp.has_date


@pytest.mark.parametrize("text", ["9:00-9:30", "09:00～09:30", "9:00〜9:30", "９：００－９：３０"])
def test_a_span_gives_its_start_and_end(text: str) -> None:
    stamp = parse_stamp(text)
    assert stamp is not None
    assert (stamp.minute, stamp.end) == (540, 570)


def test_an_offset_is_kept() -> None:
    zulu, tokyo = parse_stamp("2026-11-23T00:30:00Z"), parse_stamp("2026-11-23T09:30:00+09:00")
    assert zulu is not None
    assert tokyo is not None
    assert (zulu.minute, zulu.offset) == (30, 0)
    assert (tokyo.minute, tokyo.offset) == (570, 540)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "合計",
        "2026-02-30",
        "2026-13-01",
        "1/32",
        "hello",
        "99:00",
        "9:75",
        "R9",
        True,
        "13:00 PM",
    ],
)
def test_what_is_no_moment_is_none(text: object) -> None:
    assert parse_stamp(text) is None


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)))
def test_every_form_of_a_moment_says_the_same(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    minute = moment.hour * 60 + moment.minute
    serial = (moment - SERIAL_EPOCH) / timedelta(days=1)
    for cell in (
        moment.strftime("%Y-%m-%d %H:%M"),
        moment.strftime("%Y/%m/%d %I:%M %p"),
        f"{moment.year}年{moment.month}月{moment.day}日 {moment.hour}時{moment.minute}分",
        moment.isoformat(),
        serial,
        f"{serial:.9f}",
    ):
        stamp = parse_stamp(cell)
        assert stamp is not None, cell
        assert (stamp.day, stamp.minute or 0) == (moment.date(), minute), cell


@given(st.dates(date(2019, 5, 1), date(2098, 12, 31)))
def test_an_era_date_is_the_year_since_2018(day: date) -> None:
    stamp = parse_stamp(f"令和{day.year - 2018}年{day.month}月{day.day}日")
    assert stamp is not None
    assert stamp.day == day


def stamps(*texts: str) -> list:
    return [parse_stamp(text) for text in texts]


def test_an_order_that_only_one_reading_allows_is_taken() -> None:
    settled = settle_days(stamps("23/11/2026", "01/12/2026"), ())
    assert settled.values == [DAY, date(2026, 12, 1)]


def test_an_order_that_stays_open_is_asked_for() -> None:
    settled = settle_days(stamps("03/04/2026", "05/04/2026"), ())
    assert (settled.asks, set(settled.choices)) == ("date_order", {"dmy", "mdy"})
    assert settle_days(stamps("03/04/2026"), (), "dmy").values == [date(2026, 4, 3)]


def test_a_year_comes_from_the_titles_or_is_asked_for() -> None:
    assert settle_days(stamps("11/23(月)"), ()).asks == "year"
    assert settle_days(stamps("11/23(月)"), ("受電実績 2026年11月",)).values == [DAY]
    assert settle_days(stamps("11/23"), ("令和8年度",)).values == [DAY]
    assert settle_days(stamps("11/23"), (), year=2026).values == [DAY]


def test_the_year_turns_after_december() -> None:
    settled = settle_days(stamps("12/31", "1/1"), (), year=2026)
    assert settled.values == [date(2026, 12, 31), date(2027, 1, 1)]


def test_a_weekday_that_contradicts_its_date_is_noticed() -> None:
    (value,) = settle_days(stamps("2026/11/23(火)"), ()).values
    assert "another day of the week" in str(value)


def test_titles_name_days_months_and_years() -> None:
    assert days_of_titles(["集計日: 2026年11月23日"]) == {DAY}
    assert month_of_titles(["2026年10月度 勤務表"]) == date(2026, 10, 1)
    assert month_of_titles(["令和8年10月"]) == date(2026, 10, 1)
    assert month_of_titles(["2026-10"]) == date(2026, 10, 1)
    assert month_of_titles(["受電実績"]) is None
    assert year_of_titles(["R8", "2026/11/01～2027/01/31"]) == {2026, 2027}
