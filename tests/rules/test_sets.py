import dataclasses
import re

import pytest

from tests.rules.builders import context, duty, problem_of
from wfm.errors import WfmError
from wfm.rules import RULES, check, rule_set


def number(rules, key, name):
    return next(getattr(rule, name) for rule in rules if rule.key == key)


def test_the_site_can_make_a_number_of_the_law_stricter_and_never_looser():
    assert number(rule_set("japan-2026", {"daily_hours": {"minutes": 420}}), "daily_hours",
                  "minutes") == 420  # fmt: skip
    with pytest.raises(WfmError, match="set by law at 8 h"):
        rule_set("japan-2026", {"daily_hours": {"minutes": 481}})
    with pytest.raises(WfmError, match="set by law at 45"):
        rule_set("japan-2026", {"lawful_breaks": {"above_6h": 44}})
    with pytest.raises(WfmError, match="set by law at 18"):
        rule_set("japan-2026", {"minors_at_night": {"age": 17}})


def test_a_number_that_no_law_sets_can_be_moved_both_ways():
    for minutes in (480, 720):
        rules = rule_set("generic", {"daily_hours": {"minutes": minutes}})
        assert number(rules, "daily_hours", "minutes") == minutes


def test_every_rule_says_itself_in_words_that_name_each_of_its_numbers():
    for rule in RULES:
        numbers = {
            item.name
            for item in dataclasses.fields(rule)
            if "low" in item.metadata and item.name != "price"
        }
        assert set(re.findall(r"{(\w+)}", str(rule.sentence))) == numbers, rule.key


def test_the_site_can_move_a_number_of_the_company_both_ways():
    for minutes in (480, 720):
        rules = rule_set("japan-2026", {"rest": {"minutes": minutes}})
        assert number(rules, "rest", "minutes") == minutes


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        ({"rest": {"minutes": 2000}}, "lies between 0 h and 24 h, not 33:20 h"),
        ({"rest": {"hours": 11}}, "no number “hours”"),
        ({"siesta": {"minutes": 60}}, "no work rule named “siesta”"),
        ({"rest": {"severity": 1}}, "no number “severity”"),
        ({"weekly_rest": {"price": 5}}, "cannot be broken at a price"),
    ],
)
def test_an_override_that_means_nothing_is_named(overrides, said):
    with pytest.raises(WfmError, match=said):
        rule_set("japan-2026", overrides)


def test_an_unknown_set_is_answered_with_the_known_ones():
    with pytest.raises(WfmError, match="generic, japan-2026"):
        rule_set("atlantis", {})


def test_a_rule_of_the_company_with_a_price_may_be_broken_at_it():
    rules = rule_set("japan-2026", {"rest": {"price": 30}})
    problem = problem_of(context(), *rules)
    (short,) = check(problem, [duty(0, 780, "late"), duty(1, 480)])
    assert (short.rule.key, short.hard, short.cost) == ("rest", False, 30)
