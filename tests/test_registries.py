"""Families are tuples of small files: every member has a key of its own, words and a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.cli import COMMANDS
from wfm import forecasting, imports, payroll, publishing, rules, staffing
from wfm.model import workload
from wfm.persistence import KINDS
from wfm.rules.centre import CENTRE_TERMS

TESTS = Path(__file__).parent
FAMILIES: dict[str, list[str]] = {
    "forecasting": [item.key for item in forecasting.METHODS],
    "staffing": [item.key for item in staffing.CHANNELS],
    "rules": [item.key for item in (*rules.RULES, *CENTRE_TERMS)],
    "payroll": [item.key for item in payroll.FORMATS],
    "publishing": [item.key for item in publishing.FORMATS],
    "imports": [item.key for item in imports.SOURCES],
    "persistence": [item.name for item in KINDS],
}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_member_of_a_family_has_a_key_of_its_own(family: str) -> None:
    keys = FAMILIES[family]
    assert keys
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_member_of_a_family_is_named_by_a_test_or_covered_by_its_registry(
    family: str,
) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (TESTS / family).rglob("*.py"))
    registry = {
        "forecasting": "METHODS",
        "persistence": "KINDS",
        "imports": "SOURCES",
        "staffing": "CHANNELS",
    }
    missing = [
        key
        for key in FAMILIES[family]
        if f'"{key}"' not in text and registry.get(family, "\0") not in text
    ]
    assert not missing


def test_every_channel_of_the_model_can_be_staffed() -> None:
    assert {item.key for item in staffing.CHANNELS} == set(workload.CHANNELS)


def test_every_command_has_a_module_that_defines_it() -> None:
    import importlib

    for name, module in COMMANDS.items():
        assert hasattr(importlib.import_module(module), f"{name.replace('-', '_')}_command"), name


def test_every_rule_of_a_rule_set_is_a_rule_and_every_rule_is_in_the_japanese_set() -> None:
    for name in rules.rule_set_names():
        assert rules.rule_set(name, {})
    japan = {type(rule) for rule in rules.rule_set("japan-2026", {})}
    assert japan == set(rules.RULES)
