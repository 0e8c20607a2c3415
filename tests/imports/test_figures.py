"""Numbers and lengths of time in the forms that reports use."""

# ruff: noqa: E501 - tables read better in one line per row

from __future__ import annotations

import math
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.imports.durations import CLOCK, EXACT, NUMBER, parse_length
from wfm.imports.figures import parse_figure, parse_share
from wfm.messages import Message

FULL_WIDTH = str.maketrans("0123456789,.-", "０１２３４５６７８９，．－")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234", 1234), ("１２３", 123), (" 12 ", 12), ("　１，２３４　", 1234), ("12件", 12),
        ("-3", -3), ("▲3", -3), ("(3)", -3), ("1.5", 1.5), ("0.0", 0), ("1e3", 1000), ("12,5", 12.5),
        (7, 7), (7.25, 7.25),
    ],
)  # fmt: skip
def test_numbers_are_read_as_written(text: object, value: float) -> None:
    assert parse_figure(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "-",
        "--",
        "—",
        "―",
        "－",
        "ー",
        "N/A",
        "#N/A",
        "#DIV/0!",
        "＃ＤＩＶ／０！",
        "null",
        "NaN",
    ],
)
def test_not_recorded_is_not_zero(text: str) -> None:
    value = parse_figure(text)
    assert not isinstance(value, Message)
    assert math.isnan(value)
    length = parse_length(text)
    assert not isinstance(length, Message)
    assert math.isnan(length[0])


@pytest.mark.parametrize("text", ["abc", "1,23,4", "12 34 x", "1e999", "9" * 60, "1.2.3", True])
def test_what_is_no_number_is_said_to_be_none(text: object) -> None:
    assert isinstance(parse_figure(text), Message)


@given(st.integers(-(10**9), 10**9), st.booleans())
def test_grouped_and_full_width_numbers_come_back(number: int, wide: bool) -> None:
    text = f"{number:,}"
    assert parse_figure(text.translate(FULL_WIDTH) if wide else text) == number


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("80%", 0.8),
        ("８０．５％", 0.805),
        ("80.00", 0.8),
        (0.8, 0.8),
        (80.0, 0.8),
        ("0", 0),
        ("1", 1),
        ("100%", 1),
    ],
)
def test_shares_are_percentages_above_one(text: object, share: float) -> None:
    assert parse_share(text) == pytest.approx(share)


@pytest.mark.parametrize("text", ["120%", "-5%", "x"])
def test_a_share_lies_between_0_and_100_percent(text: str) -> None:
    assert isinstance(parse_share(text), Message)


@pytest.mark.parametrize(
    ("cell", "seconds", "form"),
    [
        ("0:03:25", 205, EXACT), ("03:25", 205, CLOCK), (":05", 5, CLOCK), ("31: 5", 1865, CLOCK),
        (":00", 0, CLOCK), ("205", 205, NUMBER), ("205.5", 205.5, NUMBER), ("1時間15分", 4500, EXACT),
        ("3分25秒", 205, EXACT), ("1h15m", 4500, EXACT), ("90秒", 90, EXACT), ("125:30:00", 451_800, EXACT),
        ("1.02:03:04", 93_784, EXACT), ("０：０３：２５", 205, EXACT), ("-0:05", -5, CLOCK),
        (time(0, 3, 25), 205, EXACT), (timedelta(hours=30), 108_000, EXACT),
        (datetime(1899, 12, 31, 6, 0), 108_000, EXACT), (0.5, 0.5, NUMBER),
    ],
)  # fmt: skip
def test_lengths_keep_the_form_that_decides_their_unit(
    cell: object, seconds: float, form: int
) -> None:
    assert parse_length(cell) == (pytest.approx(seconds), form)


@pytest.mark.parametrize(
    "cell", ["1:99:00", "3:7x", "later", datetime(2026, 1, 1), True, "1:2:3:4"]
)
def test_what_is_no_length_is_said_to_be_none(cell: object) -> None:
    assert isinstance(parse_length(cell), Message)


@given(st.integers(0, 10**6))
def test_every_clock_form_of_a_length_means_the_same(seconds: int) -> None:
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    for text in (
        f"{hours}:{minutes:02d}:{rest:02d}",
        f"{seconds // 60}:{rest:02d}",
        f"{hours}時間{minutes}分{rest}秒",
        f"{hours}h{minutes}m{rest}s",
    ):
        parsed = parse_length(text)
        assert not isinstance(parsed, Message), text
        assert parsed[0] == seconds
