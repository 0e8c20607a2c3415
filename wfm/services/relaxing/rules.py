"""The numbers of work rules, one step looser each, and rules of the company taken away."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.problem import RosterProblem
from wfm.model.rule import Automaton, Counter, Distinct, Mask, Primitive, Succession
from wfm.model.time import hours_text
from wfm.rules import RULES, Rule, RuleContext, option_table, rule_set
from wfm.services.centre import Centre
from wfm.services.relaxing.relaxation import Relaxation, Situation
from wfm.services.rostering import rule_contexts

STEPS = {"hours": 60, "length": 15, "min": 15}
"""Form or unit of a number → one step of it; 1 for any other."""
ASKED = 25
"""People on whose week a rule's number is tried to see which way it is looser."""
MUCH = 1e6
"""More than any counter counts."""


def looser_numbers(situation: Situation) -> Iterator[Relaxation]:
    """Yield each number of a rule one step looser, as far as the law lets it."""
    site = situation.centre.site
    contexts = _contexts(situation)
    for rule in rule_set(site.rule_set, site.rules):
        for field in dataclasses.fields(rule):
            value = getattr(rule, field.name)
            if "low" not in field.metadata or field.name == "price" or rule.balances:
                continue
            if not isinstance(value, int) or isinstance(value, bool):
                continue
            step = _step(field)
            for new in (value + step, value - step):
                made = _with_number(situation, rule.key, field.name, new)
                if made is not None and _tightness(made, contexts) < _tightness(rule, contexts):
                    yield Relaxation(
                        "number",
                        message(
                            "“{rule}”: {label} {new} instead of {old}",
                            rule=rule.label,
                            label=field.metadata["label"],
                            new=_worded(field, new),
                            old=_worded(field, value),
                        ),
                        centre=_site_with(rule.key, field.name, new),
                        hope=1.2,
                    )


def without_rules(situation: Situation) -> Iterator[Relaxation]:
    """Yield the rules of the company that must hold, each taken away."""
    labels = {rule.key: rule.label for rule in RULES}
    keys = {
        item.rule.key
        for agent in situation.problem.agents
        for item in agent.primitives
        if item.price is None and item.rule.severity == "company" and not isinstance(item, Mask)
    }
    for key in sorted(keys & labels.keys()):
        yield Relaxation(
            "rule",
            message("Without the rule “{rule}”", rule=labels[key]),
            problem=_without(key),
            hope=1.0,
        )


def _contexts(situation: Situation) -> list[RuleContext]:
    centre = situation.centre
    options, measures = option_table(tuple(centre.shift_kinds.values()))
    context_of = rule_contexts(centre, options, measures, ())
    return [context_of(agent) for agent in centre.agents[:ASKED]]


def _with_number(situation: Situation, key: str, name: str, value: int) -> Rule | None:
    """Return a rule with another number, ``None`` where the law or its bounds refuse it."""
    site = situation.centre.site
    numbers = {**site.rules, key: {**site.rules.get(key, {}), name: value}}
    try:
        return next(rule for rule in rule_set(site.rule_set, numbers) if rule.key == key)
    except WfmError:
        return None


def _tightness(rule: Rule, contexts: Sequence[RuleContext]) -> float:
    """Return how much a rule forbids, in a unit of its own; 0 for a rule that asks for nothing."""
    return sum(_TIGHT[type(item)](item) for context in contexts for item in rule.compile(context))


def _counted(item: Any) -> float:
    above = 0.0 if item.high is None else max(0.0, MUCH - item.high)
    return float(above + (item.low or 0))


def _missing_share(item: Any) -> float:
    moves = [int(to < 0) for row in item.transitions for to in row]
    return sum(moves) / max(len(moves), 1)


_TIGHT: dict[type, Callable[[Any], float]] = {
    Counter: _counted,
    Succession: lambda item: float(item.rest_minutes) + len(item.pairs),
    Automaton: _missing_share,
    Distinct: lambda item: max(0.0, MUCH - item.at_most),
    Mask: lambda item: float(len(item.options)),
}


def _step(field: dataclasses.Field[Any]) -> int:
    form, unit = field.metadata.get("form", ""), field.metadata.get("unit", "")
    return STEPS.get(form) or STEPS.get(unit) or 1


def _worded(field: dataclasses.Field[Any], number: int) -> Message | int:
    if field.metadata.get("form") == "hours":
        return message("{hours} h", context="length", hours=hours_text(number))
    return number


def _site_with(key: str, name: str, value: int) -> Callable[[Centre], Centre]:
    def change(centre: Centre) -> Centre:
        rules = centre.site.rules
        numbers = {**rules, key: {**rules.get(key, {}), name: value}}
        return replace(centre, site=replace(centre.site, rules=numbers))

    return change


def _without(key: str) -> Callable[[RosterProblem], RosterProblem]:
    def kept(item: Primitive) -> bool:
        return item.rule.key != key or item.price is not None

    def change(problem: RosterProblem) -> RosterProblem:
        agents = tuple(
            replace(agent, primitives=tuple(filter(kept, agent.primitives)))
            for agent in problem.agents
        )
        return replace(problem, agents=agents)

    return change
