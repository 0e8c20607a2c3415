"""Centre rules and the roster before the run in a problem's document, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from solver.validate import validate
from tests.solver.centre_example import ABE_DAY, centre_problem
from tests.solver.example import FOLDER
from wfm.errors import WfmError
from wfm.model.centre_rule import CentreRule, FairShare, Pair, Presence
from wfm.model.codec import dump_document, load_document
from wfm.model.problem import PROBLEM_FORMAT, RosterProblem, Stability
from wfm.model.roster import ROSTER_FORMAT, Duty, PlacedBreak, RosterPlan, Unmet
from wfm.model.rule import Automaton, Counter, RuleRef

RULE = RuleRef("the rule")
SLOTS = 192


def validator(name: str) -> Draft202012Validator:
    schema: dict[str, Any] = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    return Draft202012Validator(schema)


def everything() -> RosterProblem:
    """Return a problem in which every field that a document can have is set."""
    base = centre_problem()
    weekends = Counter(RULE, (0, 1, 2), "duties", high=1, blocks=((0, 1),))
    machine = Automaton(RULE, "duties", 0, ((0, 0),), days=(1, 3))
    first = replace(base.agents[2], primitives=(*base.agents[2].primitives, weekends, machine))
    options = (replace(base.options[0], break_gap=30), *base.options[1:])
    return replace(base, options=options, agents=(*base.agents[:2], first))


def test_a_problem_with_all_centre_rules_fulfils_the_schema_and_comes_back_unchanged() -> None:
    text = dump_document(everything(), PROBLEM_FORMAT)
    validator("problem").validate(json.loads(text))
    again = load_document(text, RosterProblem, PROBLEM_FORMAT)
    validate(again)
    assert dump_document(again, PROBLEM_FORMAT) == text
    assert [type(rule) for rule in again.centre_rules] == [
        Presence,
        Presence,
        Pair,
        Pair,
        FairShare,
    ]
    assert again.stability == everything().stability


def test_a_problem_written_before_there_were_centre_rules_is_read_as_one_without() -> None:
    data = json.loads(dump_document(everything(), PROBLEM_FORMAT))
    del data["centre_rules"], data["stability"]
    again = load_document(json.dumps(data), RosterProblem, PROBLEM_FORMAT)
    assert again.centre_rules == ()
    assert again.stability is None


def test_a_roster_with_its_proof_and_broken_centre_rules_fulfils_the_schema() -> None:
    base = centre_problem()
    prices = np.linspace(-1, 5, SLOTS)
    unmet = (
        Unmet("centre", rule=RULE, day=date(2026, 11, 30), start=600, end=660, amount=60),
        Unmet("centre", "abe", RULE, day=date(2026, 12, 1), amount=1),
        Unmet("centre", rule=RULE, amount=3),
    )
    plan = RosterPlan(
        base.horizon, (ABE_DAY,), 12.5, 3.25, "feasible", unmet=unmet, proof=(prices,)
    )
    text = dump_document(plan, ROSTER_FORMAT)
    validator("roster").validate(json.loads(text))
    again = load_document(text, RosterPlan, ROSTER_FORMAT)
    assert again.unmet == unmet
    assert again.proof[0].tolist() == prices.tolist()


def short(**fields: Any) -> Presence:
    return replace(Presence(RULE, (0, 1), low=np.zeros(SLOTS)), **fields)


SHARE = FairShare(RULE, (0, 1), (2, 3), "duties", (0, 0))


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (short(agents=(0, 3)), "the rule names agent number 3; there are 3, from 0 on"),
        (Pair(RULE, -1, 0), "the rule names agent number -1"),
        (short(agents=(1, 1)), "the rule names baba twice"),
        (Pair(RULE, 2, 2), "the rule names chiba twice"),
        (short(price=-1), "the rule has a negative price"),
        (short(low=np.zeros(7)), "“low” of centre rule the rule has 7 intervals, the horizon 192"),
        (short(high=np.full(SLOTS, -0.5)), "“high” of centre rule the rule is negative or empty"),
        (short(high=np.full(SLOTS, np.nan)), "“high” of centre rule the rule is negative or empty"),
        (Pair(RULE, 0, 1, overlap=-5), "the rule has a negative overlap"),
        (
            replace(SHARE, days=(3, 4)),
            "the rule names a day twice, or one outside the horizon of 4",
        ),
        (
            replace(SHARE, days=(3, 3)),
            "the rule names a day twice, or one outside the horizon of 4",
        ),
        (replace(SHARE, measure="smiles"), "the rule counts “smiles”"),
        (replace(SHARE, carried=(1,)), "the rule carries 1 balances for 2 agents"),
        (replace(SHARE, own_days=((1,),)), "the rule has days of 1 agents, but 2 agents"),
        (replace(SHARE, own_days=((1,), (9,))), "the rule names a day twice, or one outside"),
        (replace(SHARE, spread=-1), "the rule has a negative spread"),
    ],
)
def test_a_centre_rule_that_makes_no_sense_is_named_in_a_sentence(
    rule: CentreRule, sentence: str
) -> None:
    with pytest.raises(WfmError) as refusal:
        validate(replace(centre_problem(), centre_rules=(rule,)))
    assert sentence in str(refusal.value)


def moved(**fields: Any) -> Stability:
    return Stability((replace(ABE_DAY, **fields),))


@pytest.mark.parametrize(
    ("stability", "sentence"),
    [
        (
            Stability(break_cost=-1),
            "A cost of changes against the roster before the run is negative",
        ),
        (Stability(people=-1), "The number of people who may be affected by changes is negative"),
        (moved(agent="zen"), "names zen, who is no agent"),
        (moved(day=date(2026, 12, 4)), "duty of abe on 2026-12-04, outside the horizon"),
        (Stability((ABE_DAY, ABE_DAY)), "two duties of abe on 2026-11-30"),
        (moved(start=570), "duty of abe on 2026-11-30 in the roster before the run is none of"),
        (moved(kind="late"), "is none of their options"),
        (moved(breaks=ABE_DAY.breaks[:1]), "is none of their options"),
        (
            moved(breaks=(PlacedBreak(635, 15, paid=True), PlacedBreak(750, 60))),
            "is none of their options",
        ),
    ],
)
def test_a_roster_before_the_run_that_cannot_be_is_named_in_a_sentence(
    stability: Stability, sentence: str
) -> None:
    with pytest.raises(WfmError) as refusal:
        validate(replace(centre_problem(), stability=stability))
    assert sentence in str(refusal.value)


def test_a_duty_whose_breaks_are_closer_than_its_option_wants_is_no_duty_of_it() -> None:
    base = centre_problem()
    close = replace(ABE_DAY, breaks=(PlacedBreak(690, 15, paid=True), PlacedBreak(720, 60)))
    assert isinstance(close, Duty)
    problem = replace(base, stability=Stability((close,)))
    validate(problem)
    options = (replace(base.options[0], break_gap=30), *base.options[1:])
    with pytest.raises(WfmError, match="none of their options"):
        validate(replace(problem, options=options))
