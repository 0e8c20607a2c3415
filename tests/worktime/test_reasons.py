"""The pieces of the cube and their sentences."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

from hypothesis import given

from tests.worktime.test_cube import (
    AGENT,
    CONTRACT,
    DECEMBER,
    NO_FIXED,
    SUNDAY_OFF,
    flat,
    months,
    work,
    worked_hours,
)
from wfm.model.people import Leave
from wfm.worktime import month_pieces, month_work, reasons


def why(duties, place, leaves=(), *, site=NO_FIXED, contract=CONTRACT):
    pieces = month_pieces(contract, duties, leaves, site, DECEMBER)
    day = duties[place].day
    return [str(item) for item in reasons([p for p in pieces if p.day == day], contract)]


def test_a_plain_day_needs_no_reason():
    assert why([worked_hours(1, 8)], 0) == []


def test_night_is_named_with_its_hours_in_25_hour_notation():
    (said,) = why([work(1, 17, 25.5, (20, 21))], 0)
    assert said.startswith("22:00–25:30 is at night")
    assert "+25 %" in said


def test_a_long_day_says_from_when_it_is_overtime():
    (said,) = why([work(1, 9, 20, (12, 13))], 0)
    assert said.startswith("18:00–20:00 is beyond 8 h of the day")


def test_weekly_overtime_is_named_on_the_day_it_falls_on():
    week = [worked_hours(place, 7) for place in range(1, 6)]
    said = why([*week, work(6, 9, 24, (12, 13))], 5)
    assert said[0].startswith("15:00–18:00 is beyond 40 h of the week")
    assert said[1].startswith("18:00–24:00 is beyond 8 h of the day")
    assert said[2].startswith("22:00–24:00 is at night")


def test_hours_beyond_60_in_the_month_name_the_higher_premium():
    days = [work(place, 6, 24) for place in range(1, 9)]
    said = "\n".join(why(days, 7, site=SUNDAY_OFF))
    assert "beyond 60 h of overtime in the month: at least +50 %" in said


def test_the_statutory_day_off_and_a_company_day_off_are_named():
    (said,) = why([worked_hours(0, 5)], 0, site=SUNDAY_OFF)
    assert said.startswith("09:00–14:00 is on the statutory day off")
    duty = worked_hours(1, 5)
    assert why([duty], 0, [Leave("a", duty.day, "day_off")]) == [
        "The day was a company day off: nothing of it is contracted time."
    ]


def test_time_beyond_a_short_contract_has_no_premium():
    (said,) = why([worked_hours(1, 7)], 0, contract=replace(CONTRACT, day_minutes=360))
    assert said.startswith("15:00–16:00 is beyond the contract's 6:00 a day")


@given(months())
def test_the_pieces_of_a_month_add_up_to_its_cube(case):
    duties, leaves, contract, site = case
    pieces = month_pieces(contract, duties, leaves, site, DECEMBER)
    assert all(piece.minutes > 0 for piece in pieces)
    found = Counter()
    for piece in pieces:
        cell = piece.cell
        found[piece.day, cell.day_kind, cell.band, cell.night] += piece.minutes
    assert found == flat(month_work(AGENT, contract, duties, leaves, site, DECEMBER))


@given(months())
def test_pieces_lie_in_order_inside_the_worked_time_of_their_duties(case):
    duties, leaves, contract, site = case
    spans = {(duty.day, duty.start, duty.end) for duty in duties}
    pieces = month_pieces(contract, duties, leaves, site, DECEMBER)
    for piece in pieces:
        assert any(
            day == piece.day and start <= piece.start < piece.end <= end
            for day, start, end in spans
        )
    for before, after in pairwise(pieces):
        assert (before.day, before.end) <= (after.day, after.start)
