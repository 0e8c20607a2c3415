"""Minimums are lowered to what is possible: against trying every week."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from tests.rules.asking import broken
from tests.rules.builders import FULL, context, day, duty, problem_of
from wfm.model.people import Agent, Availability, Leave
from wfm.model.problem import Option
from wfm.model.rule import OFF, Automaton, Counter, Mask, RuleRef, Succession
from wfm.rules import check, rule_set
from wfm.rules.reach import lower_minimums

REF = RuleRef("r")
OPTIONS = (Option("s", 480, 720), Option("m", 600, 1080), Option("n", 1320, 1740))
MEASURES = {"duties": (1, 1, 1), "worked_minutes": (240, 480, 420), "class": (1, 1, 2)}
DAYS = 4


def best(primitives, measure, *, low=0):
    """Return the most that any lawful choice of four days adds up to, by trying all of them."""
    found = [
        sum(MEASURES[measure][n] for n in choice if n != OFF)
        for choice in product((OFF, 0, 1, 2), repeat=DAYS)
        if all(lawful(choice, item) for item in primitives)
    ]
    return max((min(total, low) for total in found), default=None)


def lawful(choice, item):
    if isinstance(item, Mask):
        return choice[item.day] not in item.options
    if isinstance(item, Succession):
        end = item.previous_end
        for place, n in enumerate(choice):
            if n == OFF:
                continue
            if end is not None and place * 1440 + OPTIONS[n].start - end < item.rest_minutes:
                return False
            end = place * 1440 + OPTIONS[n].end
        return True
    if isinstance(item, Counter):
        worth = {d: 0 if choice[d] == OFF else MEASURES[item.measure][choice[d]] for d in item.days}
        blocks = item.blocks or tuple((d,) for d in item.days)
        total = item.constant + sum(max(worth[d] for d in block) for block in blocks)
        return (item.high is None or total <= item.high) and (item.low or 0) <= total
    state = item.start
    for d in item.days or range(DAYS):
        n = choice[d]
        state = item.transitions[state][0 if n == OFF else MEASURES[item.measure][n]]
        if state < 0:
            return False
    return not item.final or state in item.final


@st.composite
def weeks(draw):
    masks = [
        Mask(REF, place, tuple(sorted(draw(st.sets(st.sampled_from([OFF, 0, 1, 2]), max_size=3)))))
        for place in range(DAYS)
    ]
    rest = Succession(REF, draw(st.sampled_from([0, 660])),
                      previous_end=draw(st.sampled_from([None, -60, 300])))  # fmt: skip
    run = draw(st.integers(1, 3))
    rows = tuple((0, *(2 * [n + 1 if n < run else -1])) for n in range(run + 1))
    runs = Automaton(REF, "class", draw(st.integers(0, run)), rows)
    free = Automaton(REF, "class", 0, ((2, 1, 1), (2, 1, 1), (2, 2, 2)), (2,),
                     days=draw(st.sampled_from([(), (0, 1), (1, 2, 3)])))  # fmt: skip
    most = Counter(REF, tuple(range(DAYS)), "duties", high=draw(st.integers(1, 4)))
    pairs = Counter(REF, tuple(range(DAYS)), "duties", high=draw(st.integers(1, 2)),
                    blocks=draw(st.sampled_from([((0, 1), (2, 3)), ((0, 3), (1, 2))])))  # fmt: skip
    both = Automaton(REF, "class", 0, ((1, 2, 2), (0, -1, -1), (-1, 0, 0)),
                     days=draw(st.sampled_from([(0, 1), (1, 2), (0, 1, 2, 3)])))  # fmt: skip
    hours = Counter(REF, tuple(range(DAYS)), "worked_minutes", low=draw(st.integers(1, 2000)))
    days = Counter(REF, tuple(range(DAYS)), "duties", low=draw(st.integers(1, 4)))
    drawn = draw(st.sampled_from([[most], [pairs], [both], [pairs, both]]))
    return [*masks, rest, runs, free, *drawn], hours, days


@given(weeks())
def test_a_minimum_is_lowered_to_the_most_that_a_lawful_week_reaches(week):
    others, hours, days = week
    *_, low_hours, low_days = lower_minimums([*others, hours, days], (0, 1, 2), OPTIONS, MEASURES)
    most = best(others, "worked_minutes", low=hours.low)
    if most is None:
        assert (low_hours.low, low_days.low) == (hours.low, days.low)
        return
    assert (low_hours.low or 0) == most
    assert (low_days.low or 0) == best([*others, low_hours], "duties", low=days.low)


def test_three_days_locked_as_off_leave_a_full_timer_four_days():
    facts = context(contract=FULL, locked_off=(day(0), day(1), day(2)))
    assert check(problem_of(facts), [duty(place) for place in (3, 4, 5, 6)]) == ()
    keys = {item.rule.key for item in check(problem_of(facts), [duty(3), duty(4), duty(5)])}
    assert keys == {"weekly_hours", "weekly_days"}


def test_a_run_carried_in_is_reckoned_with():
    past = tuple(duty(place) for place in range(-5, 0))
    facts = context(contract=FULL, past=past, locked_off=(day(2), day(3)))
    assert check(problem_of(facts), [duty(place) for place in (1, 4, 5, 6)]) == ()


def test_leave_of_a_whole_week_asks_for_no_work():
    leaves = tuple(Leave("a", day(place), minutes=480) for place in range(5))
    assert check(problem_of(context(contract=FULL, leaves=leaves)), []) == ()


def test_closed_days_of_the_availability_lower_the_minimum():
    closed = Availability("a", dates={day(place): () for place in range(4)})
    facts = context(contract=FULL, availability=closed)
    assert check(problem_of(facts), [duty(place) for place in (4, 5, 6)]) == ()


def test_who_starts_on_friday_owes_two_days():
    agent = Agent("a", "1", "Aoki", "t", "full", hired=day(4))
    facts = context(contract=FULL, agent=agent)
    assert check(problem_of(facts), [duty(4), duty(6)]) == ()


def test_a_possible_minimum_stays_as_the_contract_has_it():
    rules = rule_set("japan-2026", {})
    weekly = next(rule for rule in rules if rule.key == "weekly_hours")
    assert broken(context(contract=FULL), weekly, [duty(place) for place in range(4)])
