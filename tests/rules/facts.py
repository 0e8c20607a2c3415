"""What tests of rules draw: an agent's facts, and for every rule numbers that ask for something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.rules.builders import EARLY, KINDS, MONDAY, NIGHT, context, duty
from wfm.model.people import WISH_WEIGHTS, Agent, Availability, Balance, Contract, Leave, Wish
from wfm.model.roster import PlacedBreak
from wfm.rules import RULES, option_table

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
            Wish("a", item, draw(st.sampled_from(sorted(WISH_WEIGHTS))), 540, 1080, weight=3)
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


@dataclass(frozen=True)
class DrawnRule:
    """How a rule is drawn: bounds of its ``numbers``, and a change of the ``facts``."""

    numbers: dict[str, tuple[int, int]]
    facts: Callable | None = None


def contract_with(**bounds):
    """Return a change of the facts: numbers of the contract within bounds."""

    def change(draw, facts):
        values = {name: draw(st.integers(*pair)) for name, pair in bounds.items()}
        return replace(facts, contract=replace(facts.contract, **values))

    return change


def with_locks(draw, facts):
    """Lock some days: shifts of any kind at their own times, and days off."""
    locked = tuple(item for item in draw(duties_of(0, 4)))
    options, measures = option_table(KINDS, locked)
    return replace(facts, locked=locked, options=options, measures=measures)


def with_published(draw, facts):
    """Publish some days of which the first are near."""
    told = {item.day: item for item in draw(duties_of(0, 5))}
    return replace(facts, told=told, today=MONDAY)


def by_four_weeks(draw, facts):
    """Count days off by four weeks that end in the horizon or soon after it."""
    start = MONDAY - timedelta(days=draw(st.integers(5, 9)))
    contract = replace(facts.contract, four_week_rest=True)
    return replace(facts, contract=contract, site=replace(facts.site, four_weeks_from=start))


def rotating(draw, facts):
    """Give the contract a round of days."""
    steps = draw(
        st.lists(st.sampled_from(["off", "work", "early", "night"]), min_size=2, max_size=5)
    )
    contract = replace(facts.contract, rotation=tuple(steps), rotation_start=MONDAY)
    return replace(facts, contract=contract)


def with_weekends(draw, facts):
    """Give the agent weekends worked lately."""
    worked = draw(st.integers(1, 5))
    return replace(facts, balance=Balance("a", MONDAY.replace(day=1), weekend_days=worked))


def young(draw, facts):
    """Make the agent one who comes of age within the horizon, on a contract with nights."""
    born = MONDAY.replace(year=MONDAY.year - draw(st.integers(16, 24))) + timedelta(days=9)
    contract = replace(facts.contract, shift_kinds=(EARLY.key, NIGHT.key))
    return replace(facts, agent=replace(facts.agent, birth_date=born), contract=contract)


DRAWN = {
    "employment": DrawnRule({}),
    "availability": DrawnRule({}),
    "leave": DrawnRule({}),
    "lock": DrawnRule({}, with_locks),
    "notice": DrawnRule({"days": (1, 5)}, with_published),
    "rotation": DrawnRule({}, rotating),
    "rest": DrawnRule({"minutes": (0, 1440)}),
    "consecutive_days": DrawnRule({"days": (1, 5)}),
    "least_run": DrawnRule({"days": (2, 4)}),
    "days_off_runs": DrawnRule({"least": (2, 3), "most": (1, 3)}),
    "daily_hours": DrawnRule({"minutes": (200, 480)}),
    "weekly_hours": DrawnRule({"minutes": (600, 2400)}, contract_with(week_minutes_min=(0, 900))),
    "four_week_hours": DrawnRule(
        {"minutes": (600, 4000)},
        contract_with(four_week_minutes_min=(0, 1200), four_week_minutes_max=(1200, 4000)),
    ),
    "month_hours": DrawnRule(
        {"minutes": (600, 4000)},
        contract_with(month_minutes_min=(0, 1200), month_minutes_max=(1200, 4000)),
    ),
    "weekly_days": DrawnRule({}, contract_with(week_days_min=(0, 2), week_days_max=(2, 5))),
    "weekly_rest": DrawnRule({}, contract_with(four_week_rest=(0, 0))),
    "four_week_rest": DrawnRule({"days": (8, 12)}, by_four_weeks),
    "lawful_breaks": DrawnRule({"above_6h": (0, 120), "above_8h": (0, 180)}),
    "minors_at_night": DrawnRule({"age": (15, 25)}, young),
    "night_runs": DrawnRule({"most": (1, 3)}),
    "rest_after_nights": DrawnRule({"days": (1, 3)}),
    "night_caps": DrawnRule({"week": (0, 2), "month": (0, 4)}),
    "worked_weekends": DrawnRule({"most": (0, 2)}),
    "weekend_runs": DrawnRule({"most": (1, 2)}),
    "whole_weekends": DrawnRule({"whole": (1, 1)}),
    "steady_starts": DrawnRule({"minutes": (0, 300)}),
    "start_times": DrawnRule({"most": (1, 3)}),
    "wish": DrawnRule({}),
    "fair_weekends": DrawnRule({"most": (0, 20)}, with_weekends),
    "copy_week": DrawnRule({"weight": (1, 5)}),
}
"""For every rule of the registry, how to make it ask for something."""


@st.composite
def rules_at_work(draw, key):
    """Draw a rule with its numbers, sometimes at a price, and facts to which it applies."""
    drawn = DRAWN[key]
    facts, _ = draw(cases())
    if drawn.facts is not None:
        facts = drawn.facts(draw, facts)
    numbers = {name: draw(st.integers(*bounds)) for name, bounds in drawn.numbers.items()}
    price = draw(st.sampled_from([None, None, 1, 7]))
    made = next(rule for rule in RULES if rule.key == key)(**numbers, price=price)
    return made, facts
