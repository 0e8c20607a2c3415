"""People's weeks compiled before are known again, so that a second look at a centre is quick."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from threading import Lock

from wfm.model.problem import AgentProblem
from wfm.rules import Rule, RuleContext, compile_agent

MOST = 8_000
"""People and horizons that are remembered: four weeks of 2,000 people."""

PAST_DAYS = 14
"""Past duties kept in a problem: enough for a reader to check rest and runs."""

_Known = tuple[Sequence[Rule], RuleContext, AgentProblem]
_known: OrderedDict[tuple[str, date, int], _Known] = OrderedDict()
_guard = Lock()


def compiled_agent(rules: Sequence[Rule], context: RuleContext) -> AgentProblem:
    """Return one agent of a problem: their rules compiled, with two weeks of past duties.

    The same facts give the same object, whichever centre or moment they were read from.
    """
    horizon = context.horizon
    key = context.agent.key, horizon.start, horizon.days
    with _guard:
        found = _known.get(key)
    # values read twice are the same objects, so that comparing them looks at little
    if found is not None and found[0] == rules and found[1] == context:
        return found[2]
    made = _with_recent_past(compile_agent(rules, context), horizon.start)
    with _guard:
        _known[key] = rules, context, made
        _known.move_to_end(key)
        while len(_known) > MOST:
            _known.popitem(last=False)
    return made


def _with_recent_past(agent: AgentProblem, start: date) -> AgentProblem:
    since = start - timedelta(days=PAST_DAYS)
    return replace(agent, past=tuple(duty for duty in agent.past if duty.day >= since))
