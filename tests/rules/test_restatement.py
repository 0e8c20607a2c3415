"""Each rule restated from the facts, without primitives, against the checker on random rosters."""

from datetime import datetime, time, timedelta
from itertools import pairwise

from hypothesis import given

from tests.rules import restated
from tests.rules.builders import problem_of
from tests.rules.facts import cases, overrides
from wfm.rules import RULES, check, rule_set

GRANTED = {
    "off": lambda item: item is None,
    "window": lambda item: item is None or (item.start >= 540 and item.end <= 1080),
    "want": lambda item: item is not None and item.start >= 540 and item.end <= 1080,
    "rather_not": lambda item: item is None or item.start >= 1080 or item.end <= 540,
    "cannot": lambda item: item is None or item.start >= 1080 or item.end <= 540,
}


def wish_refused(facts, duties):
    worked = {item.day: item for item in duties}
    return any(
        not GRANTED[wish.kind](worked.get(wish.day))
        and (wish.day in worked or restated.is_open(facts, wish.day))
        for wish in facts.wishes
    )


def start_of(item):
    return datetime.combine(item.day, time()) + timedelta(minutes=item.start)


def end_of(item):
    return datetime.combine(item.day, time()) + timedelta(minutes=item.end)


def touched(items):
    """Return the calendar days on which a minute is worked."""
    return {
        item.day + timedelta(days=minute // 1440)
        for item in items
        for minute in (item.start, item.end - 1)
    }


def weeks_of(facts):
    first = facts.horizon.start
    while first.weekday() != facts.site.week_start:
        first -= timedelta(days=1)
    while first < facts.horizon.end:
        yield [first + timedelta(days=offset) for offset in range(7)]
        first += timedelta(days=7)


def short_rest(facts, duties):
    items = [*facts.past, *duties]
    return any(
        start_of(two) - end_of(one) < timedelta(hours=11) and two in duties
        for one, two in pairwise(items)
    )


def long_run(facts, duties):
    worked = {item.day for item in (*facts.past, *duties)}
    return any(
        all(item.day - timedelta(days=back) in worked for back in range(6)) for item in duties
    )


def long_day(facts, duties):
    most = min(480, facts.contract.day_minutes or 480)
    return any(item.worked_minutes > most for item in duties)


def leave_in(facts, week):
    return sum(leave.day in week for leave in facts.leaves)


def long_week(facts, duties):
    for week in weeks_of(facts):
        past = sum(item.worked_minutes for item in facts.past if item.day in week)
        new = sum(item.worked_minutes for item in duties if item.day in week)
        most = min(2400, facts.contract.week_minutes_max)
        if new and past + new + 240 * leave_in(facts, week) > most:
            return True
    return False


def many_days(facts, duties):
    for week in weeks_of(facts):
        past = sum(item.day in week for item in facts.past)
        new = sum(item.day in week for item in duties)
        if new and past + new + leave_in(facts, week) > facts.contract.week_days_max:
            return True
    return False


def no_free_day(facts, duties):
    if facts.contract.four_week_rest:
        return False
    for week in weeks_of(facts):
        if week[-1] >= facts.horizon.end:
            continue
        busy = touched([*facts.past, *duties])
        before = touched(facts.past)
        possible = [day for day in week if day >= facts.horizon.start and day not in before]
        gone = [day for day in week if day < facts.horizon.start]
        if set(week) <= busy and (possible or not set(gone) <= before):
            return True
    return False


def no_window(facts, duties):
    for item in duties:
        windows = facts.availability.weekdays.get(item.day.weekday())
        if windows is not None and not any(
            low <= item.start and item.end <= high for low, high in windows
        ):
            return True
    return False


def minor_at_night(facts, duties):
    born = facts.agent.birth_date
    return born is not None and any(
        item.day < born.replace(year=born.year + 18)
        and any(
            minute // 60 % 24 in {22, 23, 0, 1, 2, 3, 4} for minute in range(item.start, item.end)
        )
        for item in duties
    )


def little_break(_facts, duties):
    return any(
        item.worked_minutes > 360
        and sum(rest.length for rest in item.breaks if not rest.paid)
        < (60 if item.worked_minutes > 480 else 45)
        for item in duties
    )


RESTATED = {
    "rest": short_rest,
    "consecutive_days": long_run,
    "daily_hours": long_day,
    "weekly_hours": long_week,
    "weekly_days": many_days,
    "weekly_rest": no_free_day,
    "availability": no_window,
    "minors_at_night": minor_at_night,
    "lawful_breaks": little_break,
    "employment": lambda facts, duties: any(
        facts.agent.hired and item.day < facts.agent.hired for item in duties
    ),
    "leave": lambda facts, duties: any(
        item.day in {leave.day for leave in facts.leaves} for item in duties
    ),
    "lock": lambda facts, duties: any(item.day in facts.locked_off for item in duties),
    "wish": wish_refused,
    "fair_weekends": lambda _facts, _duties: False,  # there is no balance here
}


WITH_NUMBERS = {
    "notice": lambda facts, duties, days=0: restated.changed_late(facts, duties, days),
    "least_run": lambda facts, duties, days=0: restated.short_run(facts, duties, days),
    "days_off_runs": lambda facts, duties, least=0, most=99: (
        restated.short_rest_run(facts, duties, least) or restated.long_rest_run(facts, duties, most)
    ),
    "four_week_hours": lambda facts, duties, minutes=None: restated.long_window(
        facts, duties, restated.window_of_four_weeks,
        facts.contract.four_week_minutes_max or None, minutes,
    ),
    "month_hours": lambda facts, duties, minutes=None: restated.long_window(
        facts, duties, restated.window_of_month, facts.contract.month_minutes_max or None, minutes
    ),
    "four_week_rest": restated.few_free_days,
    "rotation": restated.other_than_rotation,
    "night_runs": lambda facts, duties, most=99: restated.long_night_run(facts, duties, most),
    "rest_after_nights": lambda facts, duties, days=-1: restated.early_after_night(
        facts, duties, days
    ),
    "night_caps": lambda facts, duties, week=99, month=99: (
        restated.many_nights(facts, duties, restated.window_of_week, week)
        or restated.many_nights(facts, duties, restated.window_of_month, month)
    ),
    "worked_weekends": lambda facts, duties, most=99: restated.many_weekends(facts, duties, most),
    "weekend_runs": lambda facts, duties, most=99: restated.long_weekend_run(facts, duties, most),
    "whole_weekends": lambda facts, duties, whole=0: (
        bool(whole) and restated.half_weekend(facts, duties)
    ),
    "steady_starts": lambda facts, duties, minutes=9999: restated.moved_start(
        facts, duties, minutes
    ),
    "start_times": lambda facts, duties, most=99: restated.many_starts(facts, duties, most),
    "copy_week": lambda facts, duties, weight=0: (
        bool(weight) and restated.other_than_last_week(facts, duties)
    ),
}  # fmt: skip
"""Rules with their site's numbers; without them they hold nothing."""


def test_every_rule_is_restated():
    assert {*RESTATED, *WITH_NUMBERS} == {rule.key for rule in RULES}


@given(cases(), overrides())
def test_the_checker_finds_what_the_restated_rules_find(case, numbers):
    facts, duties = case
    own = tuple(item for item in duties if item.kind in facts.contract.shift_kinds)
    rules = rule_set("japan-2026", numbers)
    keys = {item.rule.key for item in check(problem_of(facts, *rules), own)} - {"no_overlap"}
    expected = {key for key, is_broken in RESTATED.items() if is_broken(facts, own)}
    expected |= {
        key
        for key, is_broken in WITH_NUMBERS.items()
        if is_broken(facts, own, **numbers.get(key, {}))
    }
    assert keys == expected
