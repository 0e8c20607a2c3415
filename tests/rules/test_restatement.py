"""Each rule restated from the facts, without primitives, against the checker on random rosters."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.rules import restated
from tests.rules.builders import KINDS, MONDAY, context, duty, problem_of
from wfm.model.people import Agent, Availability, Contract, Leave, Wish
from wfm.model.roster import PlacedBreak
from wfm.rules import RULES, check, rule_set

SPANS = [
    (kind.key, start, length) for kind in KINDS for start in kind.starts for length in kind.lengths
]


@st.composite
def duties_of(draw, first, last):
    """Draw at most one shift a day, each break at one of its places."""
    made = []
    for place in range(first, last):
        chosen = draw(st.none() | st.sampled_from(SPANS))
        if chosen is None:
            continue
        key, start, length = chosen
        kind = next(item for item in KINDS if item.key == key)
        breaks = tuple(
            PlacedBreak(start + draw(st.sampled_from(range(rule.earliest, rule.latest + 1, 15))),
                        rule.length, rule.paid)
            for rule in kind.breaks
        )  # fmt: skip
        made.append(duty(place, start, key, end=start + length, breaks=breaks))
    return tuple(made)


@st.composite
def cases(draw):
    days = draw(st.sampled_from([5, 7, 9, 14]))
    places = st.integers(0, days - 1)

    def some_days():
        return [
            MONDAY + timedelta(days=place) for place in sorted(draw(st.sets(places, max_size=2)))
        ]

    kinds = draw(st.lists(st.sampled_from([item.key for item in KINDS]), min_size=1, unique=True))
    contract = Contract(
        "c", "C", tuple(kinds), day_minutes=draw(st.sampled_from([0, 300, 480])),
        week_minutes_max=draw(st.sampled_from([960, 2400])), week_days_max=draw(st.integers(2, 7)),
        four_week_minutes_max=draw(st.sampled_from([0, 2400])),
        month_minutes_max=draw(st.sampled_from([0, 3000])),
        four_week_rest=draw(st.booleans()),
        rotation=draw(st.sampled_from([(), ("work", "work", "off"), ("early", "off", "work")])),
        rotation_start=MONDAY - timedelta(days=draw(st.integers(0, 5))),
    )  # fmt: skip
    agent = Agent(
        "a", "1", "Aoki", "t", "c",
        birth_date=draw(st.sampled_from([None, date(2008, 12, 10), date(1990, 1, 1)])),
        hired=draw(st.sampled_from([None, MONDAY + timedelta(days=1)])),
    )  # fmt: skip
    windows = st.sampled_from([(), ((480, 1080),), ((540, 840), (960, 1920))])
    weekdays = st.dictionaries(st.integers(0, 6), windows, max_size=2)
    facts = context(
        days, contract, agent=agent, week_start=draw(st.integers(0, 6)),
        past=draw(duties_of(-9, 0)),
        availability=Availability("a", draw(weekdays)),
        leaves=tuple(Leave("a", item, minutes=240) for item in some_days()),
        wishes=tuple(
            Wish("a", item, draw(st.sampled_from(sorted(GRANTED))), 540, 1080, weight=3)
            for item in some_days()
        ),
        locked_off=tuple(some_days()),
        told={item.day: item for item in draw(duties_of(0, days))} | dict.fromkeys(some_days()),
        today=draw(st.sampled_from([None, MONDAY])),
    )  # fmt: skip
    return facts, draw(duties_of(0, days))


NUMBERS = {
    "notice": {"days": (1, 4)}, "least_run": {"days": (2, 4)}, "night_runs": {"most": (1, 3)},
    "days_off_runs": {"least": (2, 3), "most": (1, 3)}, "four_week_hours": {"minutes": (600, 4000)},
    "month_hours": {"minutes": (600, 4000)}, "rest_after_nights": {"days": (1, 3)},
    "night_caps": {"week": (0, 2), "month": (0, 4)}, "worked_weekends": {"most": (0, 2)},
    "weekend_runs": {"most": (1, 2)}, "whole_weekends": {"whole": (0, 1)},
    "steady_starts": {"minutes": (0, 300)}, "start_times": {"most": (1, 3)},
    "copy_week": {"weight": (1, 1)},
}  # fmt: skip
"""Numbers that rules hold nothing without: rule → parameter → bounds of what is drawn."""


@st.composite
def overrides(draw):
    """Draw numbers for some of the rules."""
    return {
        key: {
            name: draw(st.integers(*bounds))
            for name, bounds in names.items()
            if draw(st.booleans())
        }
        for key, names in NUMBERS.items()
    }


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
