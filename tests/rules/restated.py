"""Rules about runs, weekends, nights and long windows, said once more from the facts alone."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from math import ceil

DAY = timedelta(days=1)
NIGHT_HOURS = {22, 23, 0, 1, 2, 3, 4}


def is_night(item):
    """Tell whether three hours or more lie between 22:00 and 5:00."""
    by_night = [m for m in range(item.start, item.end) if m // 60 % 24 in NIGHT_HOURS]
    return len(by_night) >= 180


def by_day(facts, duties):
    return {item.day: item for item in (*facts.past, *duties)}


def known_days(facts):
    """Return every day from the first duty known to the horizon's end."""
    day = min([facts.horizon.start, *(item.day for item in facts.past)])
    days = []
    while day < facts.horizon.end:
        days.append(day)
        day += DAY
    return days


def is_open(facts, day):
    on_leave = any(item.day == day and item.kind != "half_leave" for item in facts.leaves)
    hired = facts.agent.hired is None or facts.agent.hired <= day
    windows = facts.availability.weekdays.get(day.weekday()) if facts.availability else None
    return hired and not on_leave and windows != () and day not in facts.locked_off


def runs(flags):
    """Return (value, first place, length) of each run of equal flags."""
    found = []
    for place, flag in enumerate(flags):
        if found and found[-1][0] == flag:
            found[-1][2] += 1
        else:
            found.append([flag, place, 1])
    return found


def short_run(facts, duties, least):
    worked = by_day(facts, duties)
    days = [day for day in known_days(facts) if is_open(facts, day)]
    return any(
        flag and first and length < least and first + length < len(days)
        and days[first + length] >= facts.horizon.start
        for flag, first, length in runs([day in worked for day in days])
    )  # fmt: skip


def short_rest_run(facts, duties, least):
    worked = by_day(facts, duties)
    days = known_days(facts)
    flags = [day in worked if is_open(facts, day) else None for day in days]
    return any(
        flag is False and first and flags[first - 1] and length < least
        and first + length < len(days) and flags[first + length]
        and days[first + length] >= facts.horizon.start
        for flag, first, length in runs(flags)
    )  # fmt: skip


def long_rest_run(facts, duties, most):
    worked = by_day(facts, duties)
    days = [day for day in known_days(facts) if is_open(facts, day)]
    return any(
        not flag and length > most and days[first + length - 1] >= facts.horizon.start
        for flag, first, length in runs([day in worked for day in days])
    )


def long_night_run(facts, duties, most):
    nights = {day for day, item in by_day(facts, duties).items() if is_night(item)}
    return any(all(item.day - back * DAY in nights for back in range(most + 1)) for item in duties)


def early_after_night(facts, duties, least):
    ordered = sorted(by_day(facts, duties).values(), key=lambda item: item.day)
    for before, item in pairwise(ordered):
        if item not in duties or not is_night(before):
            continue
        on = is_night(item) and item.day == before.day + DAY
        between = (item.day - before.day).days - 1 - (before.end > 1440)
        if not on and between < least:
            return True
    return False


def window_of_week(facts, day):
    first = day
    while first.weekday() != facts.site.week_start:
        first -= DAY
    return first, 7


def window_of_month(_facts, day):
    first = day.replace(day=1)
    after = (first + 32 * DAY).replace(day=1)
    return first, (after - first).days


def window_of_four_weeks(facts, day):
    first = date(2024, 1, 1)
    while first.weekday() != facts.site.week_start:
        first -= DAY
    return first + (day - first).days // 28 * 28 * DAY, 28


def windows(facts, window_of):
    return sorted({window_of(facts, day) for day in facts.horizon.dates})


def many_nights(facts, duties, window_of, most):
    for first, days in windows(facts, window_of):
        inside = [first + n * DAY for n in range(days)]
        before = sum(is_night(item) for item in facts.past if item.day in inside)
        new = sum(is_night(item) for item in duties if item.day in inside)
        if new and before + new > most:
            return True
    return False


def saturday(day):
    return day - (day.weekday() - 5) % 7 * DAY


def weekends_worked(items):
    return {saturday(item.day) for item in items if item.day.weekday() >= 5}


def many_weekends(facts, duties, most):
    past, new = weekends_worked(facts.past), weekends_worked(duties)
    months = {day.replace(day=1) for day in past | new}
    return any(
        len({day for day in new - past if day.replace(day=1) == month})
        and len({day for day in past | new if day.replace(day=1) == month}) > most
        for month in months
    )


def long_weekend_run(facts, duties, most):
    past, new = weekends_worked(facts.past), weekends_worked(duties)
    return any(
        (row := {first + n * 7 * DAY for n in range(most + 1)}) <= past | new and row & (new - past)
        for first in past | new
    )


def half_weekend(facts, duties):
    worked = by_day(facts, duties)
    for day in facts.horizon.dates:
        before = day - DAY
        known = before >= facts.horizon.start or facts.past
        if day.weekday() != 6 or not known or not is_open(facts, day) or not is_open(facts, before):
            continue
        if (day in worked) != (before in worked):
            return True
    return False


def moved_start(facts, duties, most):
    items = by_day(facts, duties)
    return any(
        item.day - DAY in items and abs(items[item.day - DAY].start - item.start) > most
        for item in duties
    )


def many_starts(facts, duties, most):
    for first, days in windows(facts, window_of_week):
        inside = {first + n * DAY for n in range(days)}
        before = {item.start for item in facts.past if item.day in inside}
        new = {item.start for item in duties if item.day in inside}
        if len(before | new) > max(most, len(before)):
            return True
    return False


def long_window(facts, duties, window_of, paid, worked):
    """Tell whether a window's hours are too many; of its days after the horizon in proportion."""
    for first, days in windows(facts, window_of):
        inside = {first + n * DAY for n in range(days)}
        ahead = sum(day >= facts.horizon.end for day in inside)
        slack = facts.contract.day_minutes if ahead else 0
        before = sum(item.worked_minutes for item in facts.past if item.day in inside)
        leave = sum(item.minutes for item in facts.leaves
                    if item.day in inside and item.day < facts.horizon.end)  # fmt: skip
        new = sum(item.worked_minutes for item in duties if item.day in inside)
        for bound, start in ((paid, before + leave), (worked, before)):
            if bound is not None:
                most = ceil(bound * (days - ahead) / days) + slack
                if new and start + new > most:
                    return True
    return False


def touched(items):
    return {
        item.day + minute // 1440 * DAY for item in items for minute in (item.start, item.end - 1)
    }


def few_free_days(facts, duties):
    if not facts.contract.four_week_rest:
        return False
    busy, before = touched([*facts.past, *duties]), touched(facts.past)
    for first, days in windows(facts, window_of_four_weeks):
        inside = [first + n * DAY for n in range(days) if first + n * DAY < facts.horizon.end]
        wanted = 4 - (days - len(inside))
        possible = sum(day not in before for day in inside)
        if first > facts.horizon.start:
            possible = len(inside)
        if possible >= wanted and sum(day not in busy for day in inside) < wanted:
            return True
    return False


def other_than_rotation(facts, duties):
    steps = facts.contract.rotation
    worked = {item.day: item for item in duties}
    if not steps:
        return False
    for day in facts.horizon.dates:
        due = steps[(day - facts.contract.rotation_start).days % len(steps)]
        if not is_open(facts, day):
            continue
        item = worked.get(day)
        if due == "off":
            wrong = item is not None
        elif due == "work":
            wrong = item is None
        else:
            able = due in facts.contract.shift_kinds
            wrong = able and (item is None or item.kind != due)
        if wrong:
            return True
    return False


def shape(item):
    return None if item is None else (item.kind, item.start, item.end)


def able(facts, item):
    return item is None or item.kind in facts.contract.shift_kinds


def changed_late(facts, duties, days):
    worked = {item.day: item for item in duties}
    for day in facts.horizon.dates:
        if facts.today is None or day >= facts.today + days * DAY or day not in facts.told:
            continue
        told = facts.told[day]
        if day in facts.locked_off or not able(facts, told):
            continue
        if told is not None and not is_open(facts, day):
            continue
        if shape(told) != shape(worked.get(day)):
            return True
    return False


def other_than_last_week(facts, duties):
    since = facts.horizon.start - 7 * DAY
    last = {item.day: item for item in facts.past if item.day >= since}
    worked = {item.day: item for item in duties}
    if not last:
        return False
    for day in facts.horizon.dates:
        old = since + (day - since).days % 7 * DAY
        if not is_open(facts, day) or (old not in last and not is_open(facts, old)):
            continue
        if able(facts, last.get(old)) and shape(last.get(old)) != shape(worked.get(day)):
            return True
    return False
