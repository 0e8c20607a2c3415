from dataclasses import replace

import pytest

from tests.rules.builders import MONDAY, bare, context, day, duty, problem_of
from wfm.model.activity import BreakRule, ShiftKind
from wfm.model.people import Contract
from wfm.model.problem import AgentProblem, Option
from wfm.model.roster import Duty, PlacedBreak
from wfm.model.rule import Automaton, Counter, Distinct, Mask, RuleRef, Succession
from wfm.rules import SHAPES, check, rule_set, sentence
from wfm.rules.checker import breaks_fit
from wfm.rules.wishes import Wishes

REF = RuleRef("made_up")


def shapes(duties, facts=None):
    """Return key and days of what is wrong apart from any rule."""
    problem = problem_of(facts or context(), Wishes())
    return [(item.rule.key, item.days) for item in check(problem, duties)]


def test_a_lawful_week_has_no_violation():
    facts = context(contract=Contract("c", "C", ("early",)))
    assert check(problem_of(facts), [duty(place) for place in (0, 1, 3, 4, 5)]) == ()


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        (duty(0, agent="nobody"), "unknown_agent"),
        (duty(7), "outside_horizon"),
        (duty(-1), "outside_horizon"),
        (duty(0, 545), "shift_kind"),
        (duty(0, end=1090), "shift_kind"),
        (duty(0, kind="late"), "shift_kind"),
        (duty(0, breaks=()), "breaks"),
        (duty(0, breaks=(PlacedBreak(720, 45),)), "breaks"),
        (duty(0, breaks=(PlacedBreak(720, 60, paid=True),)), "breaks"),
        (duty(0, breaks=(PlacedBreak(705, 60),)), "breaks"),
        (duty(0, breaks=(PlacedBreak(855, 60),)), "breaks"),
        (duty(0, breaks=(PlacedBreak(725, 60),)), "breaks"),
        (duty(0, breaks=(PlacedBreak(720, 60), PlacedBreak(780, 60))), "breaks"),
    ],
)
def test_a_duty_that_is_no_shift_of_the_agent_is_named_for_what_is_wrong(wrong, key):
    assert [item[0] for item in shapes([wrong])] == [key]


def test_two_duties_on_a_day_are_one_too_many():
    assert ("one_shift_a_day", (0,)) in shapes([duty(0, 480), duty(0, 1320, "night")])


def test_a_duty_must_not_begin_before_the_night_shift_ends():
    night = duty(0, 1320, "night")  # until 7:00
    early = Duty("a", day(1), 360, 900, (PlacedBreak(540, 60),), "x")
    assert ("no_overlap", (1,)) in shapes([night, early])


def test_a_night_shift_before_the_horizon_must_have_ended_too():
    early = Duty("a", day(0), 360, 900, (PlacedBreak(540, 60),), "x")
    facts = context(past=(duty(-1, 1320, "night"),))
    assert ("no_overlap", (0,)) in shapes([early], facts)
    assert shapes([duty(0, 480)], facts) == []


def test_breaks_of_one_duty_do_not_overlap():
    kind = ShiftKind("k", "K", "K", 540, 540, 30, (540,),
                     (BreakRule(60, 180, 240), BreakRule(15, 180, 300, paid=True)))  # fmt: skip
    facts = context(contract=Contract("c", "C", ("k",)), kinds=(kind,))

    def placed(short):
        breaks = (PlacedBreak(720, 60), PlacedBreak(short, 15, paid=True))
        return shapes([Duty("a", day(0), 540, 1080, breaks, "k")], facts)

    assert placed(780) == []  # right after the other
    assert placed(765) == [("breaks", (0,))]


def test_a_window_without_a_grid_point_lets_the_break_start_at_its_first_minute():
    kind = ShiftKind("k", "K", "K", 540, 540, 30, (540,), (BreakRule(60, 181, 188),))
    facts = context(contract=Contract("c", "C", ("k",)), kinds=(kind,))
    for minute, wrong in ((721, []), (728, [("breaks", (0,))])):
        made = Duty("a", day(0), 540, 1080, (PlacedBreak(minute, 60),), "k")
        assert shapes([made], facts) == wrong


def test_a_hand_made_duty_counts_in_hours_and_runs_although_it_is_no_shift():
    facts = context(contract=Contract("c", "C", ("early",)))
    odd = [duty(place, 545) for place in range(6)]
    keys = {item.rule.key for item in check(problem_of(facts), odd)}
    assert {"shift_kind", "weekly_hours", "weekly_days", "consecutive_days"} <= keys


def test_every_shape_has_words_of_its_own():
    problem = problem_of(context(), Wishes())
    wrong = {
        "unknown_agent": [duty(0, agent="nobody")],
        "outside_horizon": [duty(9)],
        "one_shift_a_day": [duty(0), duty(0)],
        "no_overlap": [duty(0, 1320, "night"), duty(1, 120)],
        "shift_kind": [duty(0, 545)],
        "breaks": [duty(0, breaks=())],
    }
    assert set(wrong) == set(SHAPES)
    for key, duties in wrong.items():
        said = [
            str(sentence(item, problem)) for item in check(problem, duties) if item.rule.key == key
        ]
        assert said
        assert not any("{" in text or text.startswith("Breaks the rule") for text in said)


def test_the_words_of_an_unknown_rule_name_it():
    agent = AgentProblem("a", (), (0,), (Mask(REF, 0, (0,)),))
    problem = bare(agent, (Option("o", 540, 600),))
    (item,) = check(problem, [Duty("a", day(0), 540, 600)])
    assert str(sentence(item, problem)) == f"Breaks the rule “made_up” ({day(0)})"


def test_every_agent_is_judged_by_their_own_duties():
    problem = problem_of(context(), *rule_set("japan-2026", {}))
    (one,) = problem.agents
    both = replace(problem, agents=(one, replace(one, key="b")))
    duties = [duty(0, 780, "late"), duty(1, 480, agent="b")]
    assert check(both, duties) == ()
    duties.append(duty(1, 480))
    assert {item.agent for item in check(both, duties)} == {"a"}


# --- what a soft primitive costs -----------------------------------------------------------------

OPTIONS = (Option("x", 480, 960), Option("y", 720, 1200), Option("z", 1320, 1860))
MEASURES = {"duties": (1, 1, 1), "worked_minutes": (480, 480, 540), "start": (480, 720, 1320),
            "class": (1, 1, 2)}  # fmt: skip


def cost(primitive, *choices):
    """Return (amounts, costs) of a primitive for a choice per day; ``None`` is off."""
    agent = AgentProblem("a", (), (0, 1, 2), (primitive,))
    duties = [
        Duty("a", day(place), OPTIONS[n].start, OPTIONS[n].end)
        for place, n in enumerate(choices)
        if n is not None
    ]
    found = [
        item
        for item in check(bare(agent, OPTIONS, measures=MEASURES), duties)
        if item.rule is not None and item.rule.key == "made_up"
    ]
    assert all(not item.hard for item in found)
    return [item.amount for item in found], sum(item.cost for item in found)


def test_a_priced_mask_costs_once_and_can_price_a_day_off():
    assert cost(Mask(REF, 0, (0, 1), price=5), 0) == ([1], 5)
    assert cost(Mask(REF, 0, (-1,), price=5), None) == ([1], 5)
    assert cost(Mask(REF, 0, (-1,), price=5), 0) == ([], 0)


def test_a_priced_succession_costs_once_per_duty_however_short_the_rest():
    assert cost(Succession(REF, 1000, price=3), 1, 0, 0) == ([280, 40], 6)
    assert cost(Succession(REF, 600, price=3, previous_end=0), 0) == ([120], 3)


def test_a_forbidden_pair_counts_on_consecutive_days_only():
    pair = Succession(REF, pairs=((1, 0),), price=3)
    assert cost(pair, 1, 0) == ([1], 3)
    assert cost(pair, 1, None, 0) == ([], 0)


@pytest.mark.parametrize(("high", "units"), [(960, 0), (959, 1), (900, 1), (899, 2), (0, 16)])
def test_a_priced_counter_costs_per_begun_unit(high, units):
    counter = Counter(REF, (0, 1), "worked_minutes", high=high, price=7, unit=60)
    assert cost(counter, 0, 1, 2)[1] == 7 * units


def test_a_shortfall_is_negative_and_priced_alike():
    counter = Counter(REF, (0, 1), "worked_minutes", low=1000, constant=60, price=2, unit=60)
    assert cost(counter, 0) == ([-460], 16)


def test_a_machine_costs_per_missing_transition_and_once_for_a_wrong_last_state():
    runs = Automaton(REF, "class", 0, ((0, 1, 1), (0, -1, 1)), price=4)
    assert cost(runs, 0, 0, 0) == ([1, 1], 8)
    begun_anew = Automaton(REF, "class", 0, ((0, 1, 1), (0, -2, 1)), price=4)
    assert cost(begun_anew, 0, 0, 0) == ([1], 4)
    last = Automaton(REF, "class", 0, ((0, 1, 1), (1, 1, 1)), final=(0,), price=4)
    assert cost(last, None, 0) == ([1], 4)


def test_distinct_values_cost_per_value_too_many():
    starts = Distinct(REF, tuple(range(7)), "start", 1, price=9)
    assert cost(starts, 0, 1, 2, 0) == ([2], 18)
    assert cost(starts, 0, 0) == ([], 0)


def test_a_block_of_days_counts_its_largest_measure_once():
    weekend = Counter(REF, (4, 5, 6), "duties", high=1, price=4, blocks=((5, 6),))
    assert cost(weekend, *(None,) * 5, 0, 0) == ([], 0)
    assert cost(weekend, *(None,) * 4, 0, 0, 0) == ([1], 4)
    longest = Counter(REF, (0, 1), "worked_minutes", low=600, price=1, blocks=((0, 1),))
    assert cost(longest, 0, 1) == ([-120], 120)


def test_a_machine_of_certain_days_reads_no_others():
    both = Automaton(REF, "class", 0, ((1, 2, 2), (0, -1, -1), (-1, 0, 0)), price=4, days=(5, 6))
    assert cost(both, 0, None, 0, None, 0, 0, 0) == ([], 0)
    assert cost(both, *(None,) * 5, 0) == ([1], 4)


def test_breaks_closer_than_the_gap_are_none_of_the_shift():
    option = Option("x", 480, 960, (BreakRule(60, 60, 240), BreakRule(15, 60, 240, True)), "x", "X",
                    60)  # fmt: skip
    duties = [
        Duty("a", MONDAY, 480, 960, (PlacedBreak(540, 15, True), PlacedBreak(start, 60)), "x")
        for start in (615, 600, 555)
    ]
    assert [breaks_fit(option, item, 15) for item in duties] == [True, False, False]
