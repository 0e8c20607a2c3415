"""A sheet of days and intervals: every open interval has its cell, and only those of open rows."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from wfm.calendars.day_grid import DayGrid
from wfm.model.time import Horizon

HORIZON = Horizon(date(2026, 11, 30), 7, 60)


@given(arrays(np.bool_, HORIZON.slots))
def test_every_open_interval_has_a_cell_that_leads_back_to_it(is_open: np.ndarray) -> None:
    grid = DayGrid.around(HORIZON, is_open)
    values = np.arange(HORIZON.slots, dtype=float)
    sheet = grid.sheet(values)
    assert sheet.shape == (len(grid.labels), 7)
    for slot in range(HORIZON.slots):
        cell = grid.cell(slot)
        if is_open[slot]:
            assert cell is not None
        if cell is not None:
            assert grid.slot(*cell) == slot
            assert sheet[cell] == slot


def test_rows_that_are_closed_every_day_are_left_out() -> None:
    is_open = np.zeros((7, 24), dtype=np.bool_)
    is_open[:, 9:12] = True
    is_open[5, 22] = True
    grid = DayGrid.around(HORIZON, is_open.ravel())
    assert grid.labels == ("09:00", "10:00", "11:00", "22:00")
    assert grid.span == (540, 1380)


def test_a_week_on_which_nothing_is_open_still_has_office_hours() -> None:
    grid = DayGrid.around(HORIZON, np.zeros(HORIZON.slots, dtype=np.bool_))
    assert (grid.labels[0], grid.labels[-1]) == ("09:00", "17:00")


@given(st.integers(0, 167))
def test_an_interval_outside_the_rows_has_no_cell(slot: int) -> None:
    grid = DayGrid(HORIZON, (9, 10))
    assert (grid.cell(slot) is None) == (slot % 24 not in (9, 10))
