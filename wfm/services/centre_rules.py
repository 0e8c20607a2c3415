"""Rules of the centre as a whole: what a problem gets of them, and one operation per change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wfm.errors import Problem, ProblemsError, WfmError
from wfm.messages import Message, message
from wfm.model.centre_rule import CentreRule
from wfm.model.change import Outcome
from wfm.model.house_rule import HouseRule
from wfm.model.people import Agent, Team
from wfm.model.problem import AgentProblem, RosterProblem
from wfm.model.roster import Duty
from wfm.model.workload import Queue
from wfm.persistence import Store
from wfm.rules import option_table
from wfm.rules.centre import (
    CentreContext,
    CentreTerm,
    Names,
    compile_centre,
    house_rule,
    term_of,
    terms_of,
)
from wfm.services.centre import Centre, opening
from wfm.services.session import Session


def centre_rules_of(
    centre: Centre, compiled: Sequence[AgentProblem], measures: Mapping[str, Sequence[int]]
) -> tuple[CentreRule, ...]:
    """Return the centre rules of a centre's problem; ``compiled`` are its agents in order.

    A stored rule that cannot be read is left out; the settings name it.
    """
    terms, _unreadable = terms_of(sorted(centre.house_rules, key=_order))
    return compile_centre(terms, _context(centre, compiled, measures)) if terms else ()


def centre_problem(centre: Centre) -> RosterProblem:
    """Return a problem of a centre's own rules alone, to judge rosters by."""
    kinds = tuple(centre.shift_kinds.values())
    options, measures = option_table(kinds)
    agents = tuple(
        AgentProblem(
            agent.key,
            tuple(sorted(agent.skills)),
            tuple(
                place
                for place, option in enumerate(options)
                if option.kind in centre.contracts[agent.contract].shift_kinds
            ),
            name=agent.name,
        )
        for agent in centre.agents
    )
    rules = centre_rules_of(centre, agents, measures)
    return RosterProblem(centre.horizon, options, measures, (), agents, centre_rules=rules)


def _context(
    centre: Centre, compiled: Sequence[AgentProblem], measures: Mapping[str, Sequence[int]]
) -> CentreContext:
    past: dict[str, list[Duty]] = defaultdict(list)
    for duty in centre.duties:
        if duty.day < centre.horizon.start:
            past[duty.agent].append(duty)
    return CentreContext(
        horizon=centre.horizon,
        agents=centre.agents,
        compiled=tuple(compiled),
        measures=measures,
        queues=centre.queues,
        teams=centre.teams,
        opening={queue.key: opening(centre, queue) for queue in centre.queues},
        holidays=centre.holidays,
        past=past,
        balances=centre.balances,
        wishes=centre.wishes,
    )


# --- what the settings show ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CentreRuleView:
    """One stored rule in words; ``term`` is ``None`` where it cannot be read, ``fault`` says why.

    ``fault`` may also say that a rule that can be read can never be kept.
    """

    stored: HouseRule
    term: CentreTerm | None
    summary: Message
    fault: Message | None = None


@dataclass(frozen=True, slots=True)
class CentreRulesView:
    """All rules of a centre, and whom and what they can name: key and name, in order."""

    rules: tuple[CentreRuleView, ...] = ()
    queues: tuple[tuple[str, str], ...] = ()
    teams: tuple[tuple[str, str], ...] = ()
    agents: tuple[tuple[str, str], ...] = ()


def read_centre_rules(store: Store) -> CentreRulesView:
    """Return a centre's rules with the names of what they speak of."""
    people = sorted(store.all(Agent), key=lambda agent: (agent.team, agent.number, agent.key))
    queues, teams = store.all(Queue), store.all(Team)
    names = _names(queues, teams, people)
    stored = sorted(store.all(HouseRule), key=_order)
    return CentreRulesView(
        tuple(_view(item, names, queues, people) for item in stored),
        tuple(names.queues.items()),
        tuple(names.teams.items()),
        tuple(names.agents.items()),
    )


def _order(stored: HouseRule) -> tuple[int, str]:
    """Return the place of a rule: its number, as far as its key has one."""
    digits = "".join(sign for sign in stored.key if sign.isdecimal())
    return int(digits or 0), stored.key


def _names(queues: Sequence[Queue], teams: Sequence[Team], people: Sequence[Agent]) -> Names:
    return Names(
        {item.key: item.name or item.key for item in queues},
        {item.key: item.name or item.key for item in teams},
        {item.key: item.name or item.key for item in people},
    )


def _view(
    stored: HouseRule, names: Names, queues: Sequence[Queue], people: Sequence[Agent]
) -> CentreRuleView:
    try:
        term = term_of(stored)
    except WfmError as error:
        words = message("A rule that cannot be read (“{rule}”)", rule=stored.rule)
        return CentreRuleView(stored, None, words, error.message)
    fault = next((item.reason for item in term_faults(term, names)), None)
    fault = fault or hopeless(term, queues, people)
    return CentreRuleView(stored, term, term.summary(names), fault)


def term_faults(term: CentreTerm, names: Names) -> Iterator[Problem]:
    """Yield what a rule names that does not exist (any more), with the field as ``column``."""
    known = (
        (term.queue_fields, names.queues, _no_queue),
        (term.team_fields, names.teams, _no_team),
        (term.agent_fields, names.agents, _no_person),
    )
    for fields, existing, words in known:
        for name in fields:
            value = getattr(term, name)
            if value and value not in existing:
                yield Problem(words(value), column=name)


def _no_queue(name: str) -> Message:
    return message("There is no queue “{name}” any more.", name=name)


def _no_team(name: str) -> Message:
    return message("There is no team “{name}” any more.", name=name)


def _no_person(name: str) -> Message:
    return message("There is no person “{name}” any more.", name=name)


def hopeless(term: CentreTerm, queues: Sequence[Queue], people: Sequence[Agent]) -> Message | None:
    """Return why a floor can never be kept: fewer people exist than it asks for."""
    group = term.who(queues, people)
    if group is None or len(group) >= getattr(term, "count", 0):
        return None
    return message(
        "Only {count} person can count for this rule; {wanted} are wanted.",
        plural="Only {count} people can count for this rule; {wanted} are wanted.",
        count=len(group),
        wanted=getattr(term, "count", 0),
    )


# --- changes -------------------------------------------------------------------------------------


def change_centre_rule(
    session: Session, key: str, term: CentreTerm, seen: HouseRule | None
) -> Outcome:
    """Write a rule in the place of ``seen`` (``None``: a new one, under a key of its own).

    Raises :class:`~wfm.errors.ProblemsError` with the fields in ``column`` for a queue, team or
    person that does not exist.
    """
    with session.database.write(session.who, session.clock) as unit:
        people, queues = unit.all(Agent), unit.all(Queue)
        names = _names(queues, unit.all(Team), people)
        problems = tuple(term_faults(term, names))
        if problems:
            raise ProblemsError(message("The rule was not saved:"), problems)
        key = key or free_key(item.key for item in unit.all(HouseRule))
        unit.put(house_rule(key, term), seen=seen)
        operation = unit.commit(
            message("Change a rule of the centre: {rule}", rule=term.summary(names))
        )
    note = hopeless(term, queues, people)
    return Outcome(operation, () if note is None else (note,))


def remove_centre_rule(session: Session, seen: HouseRule) -> Outcome:
    """Remove a rule."""
    with session.database.write(session.who, session.clock) as unit:
        names = _names(unit.all(Queue), unit.all(Team), unit.all(Agent))
        unit.delete(HouseRule, seen.key, seen=seen)
        try:
            words: Message | str = term_of(seen).summary(names)
        except WfmError:
            words = seen.rule
        operation = unit.commit(message("Remove a rule of the centre: {rule}", rule=words))
    return Outcome(operation)


def free_key(used: Iterator[str]) -> str:
    """Return the next key: r1, r2, …, higher than any that is used."""
    numbers = [int(key[1:]) for key in used if key[:1] == "r" and key[1:].isdecimal()]
    return f"r{max(numbers, default=0) + 1}"
