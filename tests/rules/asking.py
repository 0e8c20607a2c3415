"""What tests ask the checker: what one rule finds, on which days, and in which words."""

from __future__ import annotations

from collections.abc import Sequence

from tests.rules.builders import problem_of
from wfm.model.roster import Duty
from wfm.model.rule import Violation
from wfm.rules import RuleContext, check, sentence
from wfm.rules.rule import Rule


def found(facts: RuleContext, rule: Rule, duties: Sequence[Duty]) -> list[Violation]:
    """Return the violations of one rule alone."""
    every = check(problem_of(facts, rule), duties)
    return [item for item in every if item.rule.key == rule.key]


def broken(facts: RuleContext, rule: Rule, duties: Sequence[Duty]) -> list[tuple[int, ...]]:
    """Return the days of each violation of one rule alone."""
    return [item.days for item in found(facts, rule, duties)]


def words(facts: RuleContext, rule: Rule, duties: Sequence[Duty]) -> list[str]:
    """Return the sentences of one rule's violations."""
    problem = problem_of(facts, rule)
    return [str(sentence(item, problem)) for item in found(facts, rule, duties)]
