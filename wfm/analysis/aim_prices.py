"""The aims of a centre as the prices of a problem.

A problem knows prices only: what a missing or idle agent-interval, a wish, a weekend or a change
costs.  This is the one place where the order and the strength of the aims become such numbers.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import floor

from wfm.model.aims import AIMS, Aims
from wfm.model.centre_rule import CentreRule, FairShare
from wfm.model.problem import AgentProblem, RosterProblem, Stability
from wfm.model.rule import Primitive, RuleRef
from wfm.rules import BALANCING

MOST = 100_000
"""Above this no price rises, so that hard rules stay beyond every sum of prices."""


def with_aims(problem: RosterProblem, aims: Aims) -> RosterProblem:
    """Return the problem with the prices that an order of aims gives it.

    ==============  ===========================================  =======================
    aim             prices                                       usual
    ==============  ===========================================  =======================
    ``service``     under-cost steps of every demand             as the queue says (5, …)
    ``rules``       staffing rules, pairs, priced company rules  50 each, or the rule's own
    ``wishes``      soft primitives of the severity *wish*       the wish's weight (8)
    ``fairness``    balancing rules and fair shares              1–3 a weekend day, 10 a unit
    ``few_changes`` costs of :class:`Stability`                  as the run says
    ``surplus``     ``over_cost``                                1, never above missing staff
    ==============  ===========================================  =======================

    Each is multiplied by :meth:`Aims.factor <wfm.model.aims.Aims.factor>` and rounded to a whole
    number, at least 1.  Under-costs never change, so a cost keeps its meaning in agent-hours.  With
    the usual aims the problem itself is returned.
    """
    factors = _factors(aims)
    if not factors:
        return problem
    return replace(
        problem,
        over_cost=_over_cost(problem, factors["surplus"]),
        agents=tuple(_priced_agent(agent, factors) for agent in problem.agents),
        centre_rules=tuple(_priced_centre(rule, factors) for rule in problem.centre_rules),
        stability=stability_with(problem.stability, aims),
    )


def agent_with_aims(agent: AgentProblem, aims: Aims) -> AgentProblem:
    """Return one agent with the prices that an order of aims gives them."""
    factors = _factors(aims)
    return _priced_agent(agent, factors) if factors else agent


def stability_with(stability: Stability | None, aims: Aims) -> Stability | None:
    """Return the costs of changes under an order of aims."""
    factor = aims.factor("few_changes")
    if stability is None or factor == 1:
        return stability
    return replace(
        stability,
        shift_cost=scaled(stability.shift_cost, factor),
        break_cost=scaled(stability.break_cost, factor),
        person_cost=scaled(stability.person_cost, factor),
    )


def scaled(price: int, factor: Fraction) -> int:
    """Return a price times a factor as a whole number; 0 stays free, nothing else becomes so."""
    return min(MOST, max(1, floor(price * factor + Fraction(1, 2)))) if price > 0 else price


def aim_of(rule: RuleRef) -> str:
    """Return the aim that the price of a rule belongs to."""
    if rule.key in BALANCING:
        return "fairness"
    return "wishes" if rule.severity == "wish" else "rules"


def cheapest_missing(problem: RosterProblem) -> int:
    """Return the least that one missing agent-interval costs, above 0; 1 where nothing does."""
    costs = [step.cost for demand in problem.demands for step in demand.under_steps]
    return min((cost for cost in costs if cost > 0), default=1)


def _factors(aims: Aims) -> dict[str, Fraction]:
    """Return the factor of every aim; nothing where all are 1."""
    factors = {key: aims.factor(key) for key in AIMS}
    return {} if all(factor == 1 for factor in factors.values()) else factors


def _priced_agent(agent: AgentProblem, factors: dict[str, Fraction]) -> AgentProblem:
    return replace(agent, primitives=tuple(_priced(item, factors) for item in agent.primitives))


def _over_cost(problem: RosterProblem, factor: Fraction) -> int:
    # an idle agent dearer than a missing one would empty the centre
    most = max(problem.over_cost, cheapest_missing(problem))
    return min(scaled(problem.over_cost, factor), most)


def _priced(item: Primitive, factors: dict[str, Fraction]) -> Primitive:
    if not item.price:
        return item
    return replace(item, price=scaled(item.price, factors[aim_of(item.rule)]))


def _priced_centre(rule: CentreRule, factors: dict[str, Fraction]) -> CentreRule:
    factor = factors["fairness" if isinstance(rule, FairShare) else "rules"]
    return replace(rule, price=scaled(rule.price, factor))
