"""What every work rule needs: this names each rule that lacks something."""

import dataclasses
from pathlib import Path

import pytest

from wfm.messages import Message
from wfm.model.rule import SEVERITIES, RuleRef, Violation
from wfm.rules import RULES, Rule, rule_set, rule_set_names

HERE = Path(__file__).parent
IDS = [rule.__name__ for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_a_rule_has_a_key_a_label_a_frozen_class_and_a_test_of_its_own(rule):
    assert rule.key.isidentifier()
    assert str(rule.label)
    assert rule.__dataclass_params__.frozen
    assert (HERE / f"test_{rule.__module__.rpartition('.')[2]}.py").is_file()


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_a_rule_says_its_violations_in_its_own_words_with_every_value_filled_in(rule):
    assert "words" in vars(rule)
    for amount in (-60, 1, 60):
        violation = Violation("a", RuleRef(rule.key), (0,), amount, hard=True)
        said = rule.words(violation, "2026-12-07")
        assert isinstance(said, Message)
        assert "2026-12-07" in str(said)
        assert "{" not in str(said)


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_every_number_of_a_rule_has_a_label_a_unit_and_bounds_that_hold_its_default(rule):
    for item in dataclasses.fields(rule):
        if item.name in {"severity", "source"}:
            continue
        assert {"label", "unit", "low", "high"} <= set(item.metadata)
        if item.default is not None:
            assert item.metadata["low"] <= item.default <= item.metadata["high"]
    assert set(rule.statutory) <= {item.name for item in dataclasses.fields(rule)}
    assert set(rule.statutory.values()) <= {-1, 1}


def test_no_two_rules_share_a_key():
    assert len({rule.key for rule in RULES}) == len(RULES)


def test_every_rule_is_in_the_set_of_japan():
    assert {rule.key for rule in rule_set("japan-2026", {})} == {rule.key for rule in RULES}


def test_every_file_that_defines_a_rule_is_in_the_registry():
    folder = Path(__file__).parents[2] / "wfm" / "rules"
    defining = {path.stem for path in folder.glob("*.py") if "(Rule):" in path.read_text("utf-8")}
    assert defining == {rule.__module__.rpartition(".")[2] for rule in RULES}


@pytest.mark.parametrize("name", rule_set_names())
def test_a_rule_set_states_a_known_severity_for_every_rule(name):
    rules = rule_set(name, {})
    assert rules
    assert all(isinstance(rule, Rule) and rule.severity in SEVERITIES for rule in rules)


def test_a_rule_that_lives_by_its_numbers_is_idle_without_any():
    idle = {rule.key for rule in rule_set("japan-2026", {}) if rule.idle}
    assert {"night_runs", "month_hours", "whole_weekends", "notice"} <= idle
    assert not idle & {"rest", "weekly_hours", "four_week_rest", "leave", "rotation"}
    given = rule_set("japan-2026", {"night_caps": {"week": 0}, "whole_weekends": {"whole": 1}})
    assert idle - {rule.key for rule in given if rule.idle} == {"whole_weekends", "night_caps"}
