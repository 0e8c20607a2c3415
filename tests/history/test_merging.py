"""A second import over the same days changes cells, not whole days, and says which."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.history.builders import MONDAY, NAN, recorded
from wfm.history import ChangedCell, merge_days

cells = st.one_of(st.just(NAN), st.integers(0, 3).map(float))
columns = st.lists(cells, min_size=24, max_size=24)


def test_new_days_and_new_numbers_are_added() -> None:
    merged = merge_days(
        [recorded([1, NAN])], [recorded([NAN, 2]), recorded([5], MONDAY + timedelta(days=1))]
    )
    assert (len(merged.days), merged.added, merged.changed) == (2, 2, ())
    assert merged.days[0].columns["offered"][:2].tolist() == [1, 2]


def test_a_changed_number_is_reported_with_its_place() -> None:
    merged = merge_days([recorded([1, 2, 3])], [recorded([1, 9])])
    assert merged.changed == (ChangedCell("a", MONDAY, 60, "offered", 2, 9),)
    assert merged.days[0].columns["offered"][:3].tolist() == [1, 9, 3]


def test_a_finer_import_refines_and_a_coarser_one_that_agrees_changes_nothing() -> None:
    fine = recorded([1, 2, 3, 4], minutes=15)
    assert merge_days([recorded([10])], [fine]).days[0].interval_minutes == 15
    assert merge_days([fine], [recorded([10])]).days == ()
    spread = merge_days([fine], [recorded([20])])
    assert spread.days[0].columns["offered"][:4].tolist() == [5, 5, 5, 5]


@given(columns, columns)
def test_an_import_wins_where_it_has_a_number_and_repeating_it_changes_nothing(
    old: list[float], new: list[float]
) -> None:
    before, incoming = recorded(old), recorded(new)
    merged = merge_days([before], [incoming])
    result = merged.days[0] if merged.days else before
    expected = [
        first if np.isnan(second) else second for first, second in zip(old, new, strict=True)
    ]
    assert np.array_equal(result.columns["offered"], expected, equal_nan=True)
    changes = sum(
        not np.isnan(first) and not np.isnan(second) and first != second
        for first, second in zip(old, new, strict=True)
    )
    assert len(merged.changed) == changes
    again = merge_days([result], [incoming])
    assert (again.days, again.changed, again.added) == ((), (), 0)
