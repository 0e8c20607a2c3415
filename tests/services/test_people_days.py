"""Availability, leave, wishes and balances: stored exactly, refused in words, undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.three_people import MONDAY, SATO, WEEK, last_text, three_people, undo
from wfm.errors import Conflict, WfmError
from wfm.model.people import Availability, Balance, Leave, Wish
from wfm.model.time import LATEST_MINUTE
from wfm.services.people_checks import FieldError
from wfm.services.people_days import DutyOnLeaveError, read_windows, windows_text
from wfm.workspace import Workspace

TUESDAY, WEDNESDAY, THURSDAY = date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 3)


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Workspace]:
    with three_people(tmp_path) as made:
        yield made


def stored(centre: Workspace, key: str) -> Availability | None:
    person = centre.people.view(WEEK).person(key)
    assert person is not None
    return person.availability


@st.composite
def windows(draw: Callable[..., object]) -> tuple[tuple[int, int], ...]:
    """Hours of a day in order, without overlap, at whole minutes."""
    edges = draw(st.lists(st.integers(0, LATEST_MINUTE), max_size=8, unique=True))  # type: ignore[operator]
    ordered = sorted(edges)
    return tuple(zip(ordered[::2], ordered[1::2], strict=False))


# --- hours as text ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("9-18", ((540, 1080),)),
        ("09:00–13:00, 15:00–18:00", ((540, 780), (900, 1080))),
        ("22:00-25:00", ((1320, 1500),)),
        ("22-5", ((1320, 1740),)),
        ("９時～１８時", ((540, 1080),)),
        ("18-", ((1080, 1440),)),
        ("終日", None),
        ("any", None),
        ("休", ()),
        ("x", ()),
    ],
)
def test_hours_are_read_as_planners_write_them(
    text: str, hours: tuple[tuple[int, int], ...] | None
) -> None:
    assert read_windows(text) == hours


@pytest.mark.parametrize("text", ["25", "nine to five", "9:70-10:00", "50-60"])
def test_what_is_no_span_of_hours_is_refused_with_the_text(text: str) -> None:
    with pytest.raises(WfmError) as refused:
        read_windows(text)
    assert text in str(refused.value)


@given(windows())
def test_hours_written_as_text_are_read_back_the_same(
    hours: tuple[tuple[int, int], ...],
) -> None:
    # a span is read as starting on the operating date and lasting a day at most
    plain = tuple((start, end) for start, end in hours if start < 1440 and end - start <= 1440)
    assert read_windows(windows_text(plain) or "-") == plain


# --- availability ----------------------------------------------------------------------------


def test_availability_is_stored_with_its_dates_and_undo_takes_it_away(centre: Workspace) -> None:
    value = Availability("a1", {0: ((540, 1080),), 6: ()}, {TUESDAY: ((1320, 1500),)})
    centre.people.set_availability(value, None)
    assert stored(centre, "a1") == value
    assert last_text(centre) == "Change the availability of Sato Haruka"
    undo(centre)
    assert stored(centre, "a1") is None


def test_availability_that_restricts_nothing_is_taken_away(centre: Workspace) -> None:
    value = Availability("a1", {0: ()})
    centre.people.set_availability(value, None)
    centre.people.set_availability(Availability("a1"), value)
    assert stored(centre, "a1") is None


def test_availability_that_somebody_else_changed_is_a_conflict(centre: Workspace) -> None:
    centre.people.set_availability(Availability("a1", {0: ()}), None)
    with pytest.raises(Conflict, match="Sato Haruka was changed by planner"):
        centre.people.set_availability(Availability("a1", {1: ()}), None)
    assert stored(centre, "a1") == Availability("a1", {0: ()})


@pytest.mark.parametrize(
    "hours", [((600, 600),), ((600, 540),), ((-30, 60),), ((0, 2881),), ((0, 600), (540, 900))]
)
def test_hours_out_of_order_are_refused(
    centre: Workspace, hours: tuple[tuple[int, int], ...]
) -> None:
    with pytest.raises(WfmError, match="hours"):
        centre.people.set_availability(Availability("a1", {0: hours}), None)
    with pytest.raises(WfmError, match="hours"):
        centre.people.set_availability(Availability("a1", {}, {TUESDAY: hours}), None)


@settings(max_examples=20)
@given(
    weekdays=st.dictionaries(st.integers(0, 6), windows()),
    dates=st.dictionaries(st.dates(date(2026, 1, 1), date(2027, 12, 31)), windows(), max_size=3),
)
def test_any_availability_comes_back_as_it_was_stored(
    shared_centre: Workspace,
    weekdays: dict[int, tuple[tuple[int, int], ...]],
    dates: dict[date, tuple[tuple[int, int], ...]],
) -> None:
    value = Availability("a1", weekdays, dates)
    shared_centre.people.set_availability(value, stored(shared_centre, "a1"))
    assert (stored(shared_centre, "a1") or Availability("a1")) == value


@pytest.fixture(scope="module")
def shared_centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with three_people(tmp_path_factory.mktemp("centre")) as made:
        yield made


# --- leave -----------------------------------------------------------------------------------


def test_leave_is_entered_on_every_day_of_the_span_with_the_contracts_minutes(
    centre: Workspace,
) -> None:
    centre.people.add_leave(["a1", "a2"], THURSDAY, date(2026, 12, 4), "paid_leave", " trip ")
    assert last_text(centre) == "Enter Annual paid leave of 2 people (2026-12-03 – 2026-12-04)"
    assert centre.people.days("a1").leaves == (
        Leave("a1", THURSDAY, "paid_leave", 480, note="trip"),
        Leave("a1", date(2026, 12, 4), "paid_leave", 480, note="trip"),
    )
    assert [leave.minutes for leave in centre.people.days("a2").leaves] == [300, 300]
    undo(centre)
    assert not centre.people.days("a1").leaves


@pytest.mark.parametrize(
    ("kind", "minutes"),
    [("paid_leave", 480), ("half_leave", 240), ("training", 480), ("day_off", 0), ("absence", 0)],
)
def test_each_absence_counts_the_time_it_is_paid_for(
    centre: Workspace, kind: str, minutes: int
) -> None:
    centre.people.add_leave(["a1"], THURSDAY, THURSDAY, kind)
    assert centre.people.days("a1").leaves == (Leave("a1", THURSDAY, kind, minutes),)


def test_leave_on_a_rostered_day_names_the_duty_and_can_take_it_off_in_the_same_operation(
    centre: Workspace,
) -> None:
    with pytest.raises(DutyOnLeaveError) as refused:
        centre.people.add_leave(["a1"], MONDAY, TUESDAY, "paid_leave")
    assert str(refused.value) == (
        "Sato Haruka has a duty on 2026-11-30 (09:00–18:00). Leave can only be entered without it."
    )
    assert [duty.day for duty in refused.value.duties] == [MONDAY]
    assert not centre.people.days("a1").leaves
    outcome = centre.people.add_leave(["a1"], MONDAY, TUESDAY, "paid_leave", clear_duties=True)
    assert [str(note) for note in outcome.notes] == [
        "The leave is entered; 1 duty was taken off the roster."
    ]
    assert centre.people.days("a1").duty_days == {WEDNESDAY}
    assert len(centre.people.days("a1").leaves) == 2
    undo(centre)
    assert centre.people.days("a1").duty_days == {MONDAY, WEDNESDAY}
    assert not centre.people.days("a1").leaves


def test_half_a_day_of_leave_leaves_a_short_duty_alone(centre: Workspace) -> None:
    with pytest.raises(DutyOnLeaveError):
        centre.people.add_leave(["a1"], MONDAY, MONDAY, "half_leave")
    centre.people.add_leave(["a1"], MONDAY, MONDAY, "paid_leave", clear_duties=True)


def test_leave_outside_the_employment_or_backwards_is_refused(centre: Workspace) -> None:
    centre.people.change([(SATO, replace(SATO, hired=TUESDAY))])
    with pytest.raises(FieldError, match="Sato Haruka is not employed on 2026-11-30"):
        centre.people.add_leave(["a1"], MONDAY, TUESDAY, "paid_leave")
    with pytest.raises(FieldError, match="lies before the first"):
        centre.people.add_leave(["a1"], THURSDAY, WEDNESDAY, "paid_leave")
    with pytest.raises(FieldError, match="At most 366 days"):
        centre.people.add_leave(["a1"], THURSDAY, date(2028, 1, 1), "paid_leave")
    with pytest.raises(FieldError, match="no absence “holiday”"):
        centre.people.add_leave(["a1"], THURSDAY, THURSDAY, "holiday")


def test_leave_is_removed_as_it_was_seen(centre: Workspace) -> None:
    centre.people.add_leave(["a1"], THURSDAY, date(2026, 12, 4), "paid_leave")
    seen = centre.people.days("a1").leaves
    centre.people.remove_leave(seen[:1])
    assert last_text(centre) == "Remove Annual paid leave of Sato Haruka (2026-12-03)"
    assert centre.people.days("a1").leaves == seen[1:]
    with pytest.raises(Conflict):
        centre.people.remove_leave(seen[:1])


# --- wishes and balances ---------------------------------------------------------------------


def test_wishes_are_entered_and_removed(centre: Workspace) -> None:
    centre.people.add_wishes("a1", THURSDAY, THURSDAY, "off")
    centre.people.add_wishes("a1", THURSDAY, THURSDAY, "window", 540, 1080)
    wishes = centre.people.days("a1").wishes
    assert wishes == (Wish("a1", THURSDAY), Wish("a1", THURSDAY, "window", 540, 1080))
    centre.people.remove_wish(wishes[0])
    assert centre.people.days("a1").wishes == wishes[1:]
    centre.people.add_wishes(
        "a1", THURSDAY + timedelta(days=1), THURSDAY + timedelta(days=1), "cannot", 0, 1440
    )
    assert centre.people.days("a1").wishes[1:] == (
        Wish("a1", THURSDAY + timedelta(days=1), "cannot"),
    )
    with pytest.raises(FieldError, match="09:00–09:00"):
        centre.people.add_wishes("a1", THURSDAY, THURSDAY, "window", 540, 540)


def test_a_balance_is_that_of_a_month_and_not_negative(centre: Workspace) -> None:
    centre.people.set_balance(Balance("a1", date(2026, 11, 9), paid_leave_days=12.5), None)
    seen = centre.people.days("a1").balance
    assert seen == Balance("a1", date(2026, 11, 1), paid_leave_days=12.5)
    with pytest.raises(FieldError, match="not negative"):
        centre.people.set_balance(Balance("a1", date(2026, 11, 1), paid_leave_days=-1.0), seen)


def test_days_of_somebody_who_is_gone_are_a_sentence(centre: Workspace) -> None:
    with pytest.raises(WfmError, match="no person “zz”"):
        centre.people.days("zz")
    with pytest.raises(WfmError, match="no person “zz”"):
        centre.people.add_leave(["zz"], THURSDAY, THURSDAY, "paid_leave")
