"""The forecast of a queue: what it repeats, what it leaves out, and how it treats odd input."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forecasting.builders import MONDAY, WEEKDAYS, history, shape
from wfm.errors import WfmError
from wfm.forecasting import METHODS, forecast
from wfm.model.time import Horizon
from wfm.model.workload import Floats, Forecast, HistoryDay, Queue, SpecialDay

KEYS = [method.key for method in METHODS]
OPEN_ALL = Queue("q", "Line", "s", opening=dict.fromkeys(range(8), ((0, 1440),)))


def week_after(days: list[HistoryDay], slot: int = 30, gap: int = 0) -> Horizon:
    return Horizon(days[-1].day + timedelta(days=1 + gap), 7, slot)


def daily(result: Forecast) -> Floats:
    return result.volume.reshape(result.horizon.days, -1).sum(axis=1)


def sentences(result: Forecast) -> str:
    return " ".join(str(note) for note in result.notes)


@pytest.mark.parametrize("method", KEYS)
def test_a_week_that_always_repeats_is_forecast_exactly(method: str) -> None:
    days = history(70)
    result = forecast(days, None, week_after(days), method=method)
    expected = np.concatenate([1000 * factor * shape() for factor in WEEKDAYS])
    assert result.volume == pytest.approx(expected)
    assert result.aht_s == pytest.approx(np.full(7 * 48, 300.0))
    assert result.method == method


def test_auto_is_the_first_method_of_the_registry() -> None:
    days = history(70)
    assert forecast(days, None, week_after(days)).method == METHODS[0].key == "weighted8"


def test_an_unknown_method_is_answered_with_the_names_there_are() -> None:
    with pytest.raises(WfmError, match=r"crystal.*auto, weighted8, last_week"):
        forecast(history(7), None, Horizon(MONDAY, 7), method="crystal")


@pytest.mark.parametrize("recorded", [5, 15, 30, 60])
@pytest.mark.parametrize("slot", [5, 15, 30, 60])
def test_any_interval_length_gives_the_same_days(recorded: int, slot: int) -> None:
    days = history(35, interval=recorded)
    result = forecast(days, None, week_after(days, slot))
    assert daily(result) == pytest.approx([1000 * factor for factor in WEEKDAYS])
    assert result.volume.shape == (7 * 1440 // slot,)


def test_records_of_different_lengths_may_follow_each_other() -> None:
    days = history(28, interval=60) + history(28, first=MONDAY + timedelta(days=28), interval=15)
    result = forecast(days, None, week_after(days))
    assert daily(result) == pytest.approx([1000 * factor for factor in WEEKDAYS])


def test_without_a_row_the_sentence_names_the_queue_and_what_to_do() -> None:
    with pytest.raises(WfmError, match="no contact history for queue Line before 2026-05-04"):
        forecast([], OPEN_ALL, Horizon(MONDAY, 7))
    with pytest.raises(WfmError, match="no contact history before 2026-05-04"):
        forecast([], None, Horizon(MONDAY, 7))
    with pytest.raises(WfmError, match="no contact history for queue q"):
        forecast(history(14), None, Horizon(MONDAY, 7))


def test_several_queues_without_a_choice_are_refused_by_name() -> None:
    days = history(7) + history(7, queue="r")
    with pytest.raises(WfmError, match=r"holds 2 queues.*q, r"):
        forecast(days, None, week_after(days))
    both = forecast(days, OPEN_ALL, week_after(days))
    assert daily(both) == pytest.approx([1000 * factor for factor in WEEKDAYS])


def test_a_history_that_counts_no_contacts_is_refused() -> None:
    days = [HistoryDay("q", MONDAY, 30, {"handle_s": np.ones(48)})]
    with pytest.raises(WfmError, match="counts no contacts"):
        forecast(days, None, week_after(days))


def test_offered_is_answered_plus_abandoned_where_it_is_not_recorded() -> None:
    one = np.full(48, 3.0)
    days = [
        HistoryDay("q", day.day, 30, {"answered": one, "abandoned": one / 3, "handle_s": one * 60})
        for day in history(14)
    ]
    result = forecast(days, None, week_after(days))
    assert result.volume == pytest.approx(np.full(7 * 48, 4.0))
    assert result.aht_s == pytest.approx(np.full(7 * 48, 60.0))


def test_one_day_of_history_stands_for_every_day_and_the_note_says_so() -> None:
    days = history(1)
    result = forecast(days, None, week_after(days))
    assert daily(result) == pytest.approx(np.full(7, 1300.0))
    assert "only 1 usable day" in sentences(result)
    assert "6 days have a weekday without history" in sentences(result)


def test_a_weekend_day_without_history_is_like_the_other_weekend_day() -> None:
    days = [day for day in history(14) if day.day.weekday() not in (2, 6)]
    result = forecast(days, None, Horizon(MONDAY + timedelta(days=14), 7, 30))
    assert daily(result)[6] == pytest.approx(600)
    assert daily(result)[2] == pytest.approx(np.mean([1300, 1100, 900, 1200]))


def test_one_week_of_history_is_repeated() -> None:
    days = history(7)
    result = forecast(days, None, week_after(days))
    assert daily(result) == pytest.approx([1000 * factor for factor in WEEKDAYS])


@pytest.mark.parametrize("method", KEYS)
def test_a_queue_of_zeros_is_forecast_as_zero_with_a_note(method: str) -> None:
    days = history(35, daily=0.0)
    result = forecast(days, None, week_after(days), method=method)
    assert not result.volume.any()
    assert (result.aht_s > 0).all()
    assert "no contacts in the opening hours" in sentences(result)
    assert "300 s per contact are assumed" in sentences(result)


def test_a_closed_queue_gets_nothing() -> None:
    days = history(35)
    result = forecast(days, Queue("q", "Line", "s"), week_after(days))
    assert not result.volume.any()
    assert all(not band.any() for band in result.quantiles.values())
    assert "7 days of the forecast are closed" in sentences(result)


def test_contacts_fall_into_opening_hours_only_or_where_the_caller_opens() -> None:
    days = history(35)
    queue = replace(OPEN_ALL, opening={0: ((600, 720),)})
    result = forecast(days, queue, week_after(days))
    assert np.flatnonzero(result.volume).tolist() == [20, 21, 22, 23]
    opening = np.zeros(7 * 48, dtype=bool)
    opening[30:32] = True
    result = forecast(days, queue, week_after(days), opening=opening)
    assert np.flatnonzero(result.volume).tolist() == [30, 31]


def test_gaps_are_no_zeros() -> None:
    def with_gaps(day: date, values: Floats) -> Floats:
        values = values.copy()
        if day.day % 3 == 0:
            values[24:28] = np.nan
        if day.day % 10 == 0:
            values[:] = np.nan
        return values

    days = history(70, change=with_gaps)
    result = forecast(days, None, week_after(days))
    assert daily(result) == pytest.approx([1000 * factor for factor in WEEKDAYS], rel=1e-6)
    assert result.aht_s == pytest.approx(np.full(7 * 48, 300.0))


def test_rows_that_a_switch_leaves_out_at_night_are_no_gaps() -> None:
    days = history(35, change=lambda _, values: np.where(values > 0, values, np.nan))
    result = forecast(days, None, week_after(days))
    assert daily(result) == pytest.approx([1000 * factor for factor in WEEKDAYS])


def test_a_history_that_ends_weeks_before_is_used_with_a_note() -> None:
    days = history(70)
    result = forecast(days, None, week_after(days, gap=35))
    assert daily(result) == pytest.approx([1000 * factor for factor in WEEKDAYS])
    assert "35 days before the forecast begins" in sentences(result)


def test_days_of_the_horizon_and_after_do_not_leak_into_it() -> None:
    days = history(70)
    horizon = Horizon(MONDAY + timedelta(days=35), 7, 30)
    after = [
        replace(day, columns={name: column * 50 for name, column in day.columns.items()})
        for day in days
        if day.day >= horizon.start
    ]
    honest = forecast(days[:35], None, horizon)
    leaking = forecast(days[:35] + after, None, horizon)
    assert (honest.volume == leaking.volume).all()


def test_the_last_record_of_a_day_wins() -> None:
    days = history(7)
    wrong = [replace(day, columns={"offered": day.columns["offered"] * 9}) for day in days]
    result = forecast([*wrong, *days], None, week_after(days))
    assert daily(result) == pytest.approx([1000 * factor for factor in WEEKDAYS])


@pytest.mark.parametrize("factor", [10.0, 0.05])
def test_a_day_ten_times_too_busy_or_nearly_empty_does_not_teach(factor: float) -> None:
    odd = MONDAY + timedelta(days=63)
    calm = history(70, seed=4)
    days = history(70, seed=4, change=lambda day, v: np.round(v * factor) if day == odd else v)
    result = forecast(days, None, week_after(days))
    usual = forecast(calm, None, week_after(days))
    assert daily(result) == pytest.approx(daily(usual), rel=0.05)
    assert f"1 unusual day in the history does not match its weekday: {odd}" in sentences(result)


def test_a_spike_of_one_interval_hardly_moves_the_forecast() -> None:
    def spike(day: date, values: Floats) -> Floats:
        values = values.copy()
        if day == MONDAY + timedelta(days=63):
            values[24] *= 10
        return values

    days = history(70, seed=4, change=spike)
    usual = forecast(history(70, seed=4), None, week_after(days))
    result = forecast(days, None, week_after(days))
    plain = forecast(days, None, week_after(days), method="mean4")
    assert result.volume[24] < 1.35 * usual.volume[24]
    assert plain.volume[24] > 2 * usual.volume[24]


def test_a_level_that_has_moved_is_followed_and_not_taken_for_outliers() -> None:
    moved = MONDAY + timedelta(days=56)
    days = history(70, seed=4, change=lambda day, v: np.round(v * 1.8) if day >= moved else v)
    result = forecast(days, None, week_after(days))
    assert daily(result).sum() > 1.3 * 6500
    assert "unusual" not in sentences(result)


@pytest.mark.parametrize("kind", ["campaign", "outage", "closed", "missing"])
@pytest.mark.parametrize("method", KEYS)
def test_special_days_do_not_teach(kind: str, method: str) -> None:
    special = [SpecialDay(MONDAY + timedelta(days=number), kind) for number in range(63, 70)]
    days = history(70, change=lambda day, v: v * 1.5 if day >= special[0].day else v)
    result = forecast(days, None, week_after(days), method=method, special_days=special)
    assert daily(result) == pytest.approx([1000 * factor for factor in WEEKDAYS])
    other = [replace(item, queue="other") for item in special]
    result = forecast(days, None, week_after(days), method="last_week", special_days=other)
    assert daily(result) == pytest.approx([1500 * factor for factor in WEEKDAYS])


def test_when_every_day_is_special_they_teach_after_all() -> None:
    days = history(14)
    special = [SpecialDay(day.day, "campaign") for day in days]
    result = forecast(days, None, week_after(days), special_days=special)
    assert daily(result) == pytest.approx([1000 * factor for factor in WEEKDAYS])


def test_a_coming_special_day_multiplies_its_minutes() -> None:
    days = history(35)
    horizon = week_after(days)
    coming = [
        SpecialDay(horizon.start, "campaign", start=720, end=780, factor=1.5),
        SpecialDay(horizon.start + timedelta(days=1), "closed"),
        SpecialDay(horizon.start + timedelta(days=2), "campaign", queue="other", factor=3.0),
    ]
    usual = forecast(days, None, horizon)
    result = forecast(days, None, horizon, special_days=coming)
    ratio = result.volume[usual.volume > 0] / usual.volume[usual.volume > 0]
    assert sorted(set(ratio.round(6))) == [0.0, 1.0, 1.5]
    assert result.volume[24:26] == pytest.approx(1.5 * usual.volume[24:26])
    assert daily(result)[1] == 0


HOLIDAY = MONDAY + timedelta(days=58)  # a Wednesday
COMING = MONDAY + timedelta(days=72)  # a Thursday


def test_a_holiday_is_like_the_holidays_seen() -> None:
    days = history(70, change=lambda day, v: v * 0.5 if day == HOLIDAY else v)
    result = forecast(days, None, week_after(days), holidays={HOLIDAY, COMING})
    assert daily(result)[2] == pytest.approx(500)
    assert daily(result)[1] == pytest.approx(1100)


def test_a_holiday_never_seen_is_like_a_sunday_with_a_note() -> None:
    days = history(70)
    result = forecast(days, None, week_after(days), holidays={COMING})
    assert daily(result)[2] == pytest.approx(400)
    assert "holidays are forecast like Sundays" in sentences(result)


def test_a_holiday_named_by_the_planner_counts_like_a_public_one() -> None:
    days = history(70)
    special = [SpecialDay(COMING, "holiday", factor=0.5)]
    result = forecast(days, None, week_after(days), special_days=special)
    assert daily(result)[2] == pytest.approx(200)


def test_a_holiday_without_sundays_is_like_its_weekday() -> None:
    days = [day for day in history(70) if day.day.weekday() < 5]
    result = forecast(days, None, week_after(days), holidays={COMING})
    thursday = (COMING - week_after(days).start).days
    assert daily(result)[thursday] == pytest.approx(1000 * WEEKDAYS[COMING.weekday()])


def test_past_holidays_do_not_teach_their_weekday() -> None:
    days = history(70, change=lambda day, v: v * 0.5 if day == HOLIDAY else v)
    result = forecast(days, None, week_after(days), holidays={HOLIDAY}, method="mean4")
    assert daily(result)[HOLIDAY.weekday()] == pytest.approx(1000 * WEEKDAYS[HOLIDAY.weekday()])


def test_recent_weeks_weigh_more_than_old_ones() -> None:
    days = history(70, change=lambda day, v: v * (1 + (day - MONDAY).days / 700))
    last, eight = (1 + 63 / 700), np.mean([1 + 7 * week / 700 for week in range(2, 10)])
    monday = daily(forecast(days, None, week_after(days)))[0] / 1300
    assert eight < monday < last


def test_the_hour_that_a_clock_change_skips_gets_no_contacts() -> None:
    days = history(35, first=date(2026, 2, 16), change=lambda _, v: np.full_like(v, 2.0))
    horizon = Horizon(date(2026, 3, 23), 7, 30, "Europe/Berlin")
    result = forecast(days, None, horizon)
    assert np.flatnonzero(result.volume == 0).tolist() == [6 * 48 + 4, 6 * 48 + 5]
    tokyo = forecast(days, None, replace(horizon, zone="Asia/Tokyo"))
    assert (tokyo.volume > 0).all()


def test_an_hour_recorded_twice_or_not_at_all_does_not_teach() -> None:
    def as_recorded(day: date, values: Floats) -> Floats:
        values = np.full_like(values, 2.0)
        if day == date(2026, 3, 29):
            values[4:6] = 0.0
        if day == date(2026, 10, 25):
            values[4:6] = 4.0
        return values

    for first in (date(2026, 3, 2), date(2026, 9, 28)):
        days = history(28, first=first, change=as_recorded)
        horizon = Horizon(days[-1].day + timedelta(days=1), 7, 30, "Europe/Berlin")
        assert forecast(days, None, horizon).volume == pytest.approx(np.full(7 * 48, 2.0))


def test_results_cannot_be_written_to() -> None:
    days = history(35)
    result = forecast(days, None, week_after(days))
    for values in (result.volume, result.aht_s, *result.quantiles.values()):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 1.0


@given(
    count=st.integers(1, 60),
    seed=st.integers(0, 10_000),
    level=st.sampled_from([0.0, 3.0, 80.0, 4000.0]),
    holes=st.floats(0, 0.6),
    method=st.sampled_from(KEYS),
    slot=st.sampled_from([15, 30, 60]),
    gap=st.integers(0, 40),
)
def test_whatever_the_history_the_forecast_is_finite_ordered_and_not_negative(
    count: int, seed: int, level: float, holes: float, method: str, slot: int, gap: int
) -> None:
    rng = np.random.default_rng(seed)
    days = history(
        count,
        daily=level,
        seed=seed,
        change=lambda _, values: np.where(rng.random(values.shape) < holes, np.nan, values),
    )
    days[0] = replace(days[0], columns={**days[0].columns, "offered": np.zeros(48)})
    days = [day for number, day in enumerate(days) if number == 0 or rng.random() > holes / 2]
    result = forecast(days, None, week_after(days, slot, gap), method=method)
    bands = np.array([result.quantiles[level] for level in (0.10, 0.25, 0.50, 0.75, 0.90)])
    assert np.isfinite(result.volume).all()
    assert np.isfinite(bands).all()
    assert (result.volume >= 0).all()
    assert (bands >= 0).all()
    assert (np.diff(bands, axis=0) >= 0).all()
    assert (bands[:, result.volume == 0] == 0).all()
    assert (result.aht_s > 0).all()
