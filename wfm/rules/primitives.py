"""The checker's reading of each primitive on one agent's actual week."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wfm.model.problem import AgentProblem, RosterProblem
from wfm.model.roster import Duty
from wfm.model.rule import (
    OFF,
    Automaton,
    Counter,
    Distinct,
    Mask,
    Primitive,
    Succession,
    Violation,
)
from wfm.model.time import DAY_MINUTES
from wfm.rules.options import measures_of

UNKNOWN = -2
"""The choice of a day whose duty is none of the agent's options."""


@dataclass(frozen=True, slots=True)
class ActualWeek:
    """One agent's choices by day: the option (``OFF``, ``UNKNOWN``) and the duty itself."""

    problem: RosterProblem
    agent: AgentProblem
    choices: tuple[int, ...]
    duties: tuple[Duty | None, ...]

    def measure(self, name: str, place: int) -> int:
        """Return a measure of the day's choice; 0 for a day off.

        A duty outside the table is measured where that is possible, so that hand-made duties count.
        """
        choice = self.choices[place]
        if choice >= 0:
            return self.problem.measures[name][choice]
        duty = self.duties[place]
        if duty is None:
            return 0
        return measures_of(duty.start, duty.end, duty.worked_minutes).get(name, 0)


def violations_of(week: ActualWeek) -> Iterator[Violation]:
    """Yield every violation of the agent's primitives, hard and priced."""
    for primitive in week.agent.primitives:
        yield from READERS[type(primitive)](week, primitive)


def _violation(
    week: ActualWeek, primitive: Primitive, days: tuple[int, ...], amount: int, units: int = 1
) -> Violation:
    hard = primitive.price is None
    cost = 0 if primitive.price is None else primitive.price * units
    return Violation(week.agent.key, primitive.rule, days, amount, hard, cost)


def read_mask(week: ActualWeek, mask: Mask) -> Iterator[Violation]:
    """A forbidden choice on its day."""
    if week.choices[mask.day] in mask.options:
        yield _violation(week, mask, (mask.day,), 1)


def read_succession(week: ActualWeek, rule: Succession) -> Iterator[Violation]:
    """Too little rest before a duty, or a forbidden pair on consecutive days."""
    end = rule.previous_end
    before = -2
    for place, duty in enumerate(week.duties):
        if duty is None:
            continue
        short = 0
        if end is not None:
            short = end + rule.rest_minutes - (place * DAY_MINUTES + duty.start)
        pair = (week.choices[place - 1] if before == place - 1 else OFF, week.choices[place])
        if short > 0 or pair in rule.pairs:
            yield _violation(week, rule, (place,), max(short, 1))
        end, before = place * DAY_MINUTES + duty.end, place


def read_counter(week: ActualWeek, counter: Counter) -> Iterator[Violation]:
    """A sum outside its bounds; a shortfall is a negative amount."""
    of_day = {day: week.measure(counter.measure, day) for day in counter.days}
    total = counter.constant
    for block in counter.blocks:
        total += max(of_day.pop(day) for day in block)
    total += sum(of_day.values())
    excess = 0
    if counter.high is not None and total > counter.high:
        excess = total - counter.high
    elif counter.low is not None and total < counter.low:
        excess = total - counter.low
    if excess:
        yield _violation(week, counter, counter.days, excess, -(-abs(excess) // counter.unit))


def read_automaton(week: ActualWeek, machine: Automaton) -> Iterator[Violation]:
    """A day class without transition, and a last state that is not accepted.

    The latter is dated to the last day that the machine reads.
    """
    places = machine.days or range(len(week.choices))
    state = machine.start
    for place in places:
        state, broken = machine.follow(state, week.measure(machine.measure, place))
        if broken:
            yield _violation(week, machine, (place,), 1)
    if machine.final and state not in machine.final:
        yield _violation(week, machine, (places[-1],), 1)


def read_distinct(week: ActualWeek, rule: Distinct) -> Iterator[Violation]:
    """More different values among the duties than allowed."""
    worked = (day for day in rule.days if week.duties[day] is not None)
    values = {*rule.known, *(week.measure(rule.measure, day) for day in worked)}
    if len(values) > rule.at_most:
        excess = len(values) - rule.at_most
        yield _violation(week, rule, rule.days, excess, excess)


READERS: dict[type, Callable[..., Iterator[Violation]]] = {
    Mask: read_mask,
    Succession: read_succession,
    Counter: read_counter,
    Automaton: read_automaton,
    Distinct: read_distinct,
}
