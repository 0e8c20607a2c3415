"""Part of a roster as a problem of its own: what lies outside a run's scope stays exactly as it is.

A duty that must stay becomes an option of its own, with its breaks pinned, and a mask leaves its
day no other choice.  What may change is measured against the roster before the run
(:class:`~wfm.model.problem.Stability`).  Everything here is a pure function of values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

from wfm.analysis.kpis import roster_cost
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.problem import AgentProblem, Option, RosterProblem, Stability
from wfm.model.request import AgentDay
from wfm.model.roster import Duty, RosterPlan
from wfm.model.rule import OFF, Counter, Mask, Primitive, RuleRef, Succession
from wfm.model.run import RunScope
from wfm.rules import check, option_table
from wfm.rules.checker import breaks_fit
from wfm.rules.context import exact_key, is_exact
from wfm.rules.primitives import READERS, ActualWeek
from wfm.rules.reach import lower_minimums

SCOPE = RuleRef("scope", "company")
"""The rule of the masks that keep what lies outside a run's scope."""
ABSENT = RuleRef("leave", "illegal")
TOLERATED = 1000
"""Price per unit of a rule that the roster breaks already: mended where possible, at least kept."""


def scoped_problem(
    problem: RosterProblem, duties: Sequence[Duty], scope: RunScope, today: date | None = None
) -> RosterProblem:
    """Return the problem in which only what lies in ``scope`` of the roster ``duties`` can change.

    Days before ``today`` are past and stay; ``scope.notice_days`` count from it.  Duties that a
    hard rule forbids by now (somebody is absent) are no part of the reference: losing them is no
    change.  Rules that the roster breaks already may stay broken (at :data:`TOLERATED`); weekly
    minimums fall to what is left possible.  The objective leaves out the private costs of people
    of whom nothing can change.  Raises :class:`~wfm.errors.WfmError` where nothing can change.
    """
    horizon = problem.horizon
    before: dict[str, dict[int, Duty]] = defaultdict(dict)
    for duty in duties:
        place = horizon.day_index(duty.day)
        if 0 <= place < horizon.days:
            before[duty.agent][place] = duty
    open_days = _open_days(problem, scope, today)
    everybody = set(scope.agents) or {agent.key for agent in problem.agents}
    if not open_days or not everybody & {agent.key for agent in problem.agents}:
        raise WfmError(
            message(
                "Nothing of this roster may be changed by this run: its days are past, closer than"
                " the notice or outside the dates chosen, or nobody was chosen."
            )
        )
    table = _Table(problem)
    parts = [
        _Part(
            problem,
            agent,
            before[agent.key],
            open_days if agent.key in everybody else frozenset(),
            _PARTS[scope.part],
            table,
        )
        for agent in problem.agents
    ]
    grown = table.grown()
    reference = tuple(duty for part in parts for duty in part.reference())
    return replace(
        grown,
        agents=tuple(part.agent_problem(grown) for part in parts),
        stability=Stability(
            reference, scope.shift_cost, scope.break_cost, scope.person_cost, scope.people
        ),
    )


def as_it_is(scoped: RosterProblem) -> RosterPlan | None:
    """Return the roster before the run as a plan of its problem; ``None`` where that is unlawful.

    Nothing that a search finds need be worse.
    """
    if scoped.stability is None:
        return None
    duties = scoped.stability.duties
    if any(item.hard for item in check(scoped, duties)):
        return None
    return RosterPlan(scoped.horizon, duties, roster_cost(scoped, duties), 0.0, "feasible")


def with_absences(
    problem: RosterProblem, duties: Sequence[Duty], absences: Iterable[AgentDay]
) -> RosterProblem:
    """Return the problem in which people are absent on days; their minimums fall by what is lost.

    For a problem that stands alone.  In a centre an absence is a leave, of which the rules know
    more; see :func:`wfm.services.repair.prepare_repair`.
    """
    gone: dict[str, set[int]] = defaultdict(set)
    for absence in absences:
        place = problem.horizon.day_index(absence.day)
        if not 0 <= place < problem.horizon.days:
            raise WfmError(message("{day} is not among the days of this roster.", day=absence.day))
        gone[absence.agent].add(place)
    unknown = gone.keys() - {agent.key for agent in problem.agents}
    if unknown:
        raise WfmError(message("{agent} is not among the people of this roster.",
                               agent=min(unknown)))  # fmt: skip
    cells = {(duty.agent, problem.horizon.day_index(duty.day)): duty for duty in duties}
    agents = []
    for agent in problem.agents:
        days = gone.get(agent.key, set())
        lost = {
            day: option_of(problem, agent, cells[agent.key, day])
            for day in days
            if (agent.key, day) in cells
        }
        rules: list[Primitive] = [_without_lost(problem, item, lost) for item in agent.primitives]
        rules += [Mask(ABSENT, day, agent.options) for day in sorted(days) if agent.options]
        agents.append(replace(agent, primitives=tuple(rules)))
    return replace(problem, agents=tuple(agents))


def option_of(problem: RosterProblem, agent: AgentProblem, duty: Duty) -> int | None:
    """Return the option of an agent that a duty is, ``None`` for one that is none of them.

    Of several with the same times the one that the day's masks dislike least.
    """
    fitting = [
        number
        for number in agent.options
        if (problem.options[number].start, problem.options[number].end) == (duty.start, duty.end)
        and (not duty.kind or problem.options[number].kind in {"", duty.kind})
        and breaks_fit(problem.options[number], duty, problem.horizon.slot_minutes)
    ]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    place = problem.horizon.day_index(duty.day)
    masks = [item for item in agent.primitives if isinstance(item, Mask) and item.day == place]

    def dislike(number: int) -> tuple[int, int, bool, int]:
        hit = [item.price for item in masks if number in item.options]
        hard = sum(price is None for price in hit)
        # a shift of the centre's own kinds rather than one made for a single duty
        return hard, sum(price or 0 for price in hit), is_exact(problem.options[number]), number

    return min(fitting, key=dislike)


def _open_days(problem: RosterProblem, scope: RunScope, today: date | None) -> frozenset[int]:
    first = scope.first or problem.horizon.start
    if today is not None:
        first = max(first, today + timedelta(days=scope.notice_days))
    last = scope.last or problem.horizon.end
    return frozenset(
        place for place, day in enumerate(problem.horizon.dates) if first <= day <= last
    )


def _without_lost(
    problem: RosterProblem, item: Primitive, lost: dict[int, int | None]
) -> Primitive:
    """Return a minimum that no longer asks for what was lost by an absence."""
    if not isinstance(item, Counter) or item.low is None or item.price is not None:
        return item
    measure = problem.measures[item.measure]
    missing = sum(
        measure[option] for day, option in lost.items() if day in item.days and option is not None
    )
    return replace(item, low=item.low - missing if item.low > missing else None)


# --- one day of one person -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Cell:
    """A day that may change: whether there is a duty, and which options stand for it."""

    worked: bool
    option: int | None
    exact: Callable[[], int]
    """Makes the option that is this duty with its breaks where they are."""


def _everything(_cell: _Cell) -> None:
    return None


def _breaks(cell: _Cell) -> set[int]:
    if not cell.worked:
        return {OFF}
    return {cell.exact() if cell.option is None else cell.option}


def _add(cell: _Cell) -> set[int] | None:
    return {cell.exact()} if cell.worked else None


def _remove(cell: _Cell) -> set[int]:
    return {OFF, cell.exact()} if cell.worked else {OFF}


_Rule = Callable[[_Cell], set[int] | None]
_PARTS: dict[str, _Rule] = {
    "everything": _everything,
    "breaks": _breaks,
    "add": _add,
    "remove": _remove,
}
"""Part of a roster (:data:`wfm.model.run.RUN_PARTS`) → the choices of a day; ``None``: all."""


class _Table:
    """The option table, growing by options that hold one duty exactly."""

    def __init__(self, problem: RosterProblem) -> None:
        self.problem = problem
        self.options: list[Option] = list(problem.options)
        self.measures = {name: list(column) for name, column in problem.measures.items()}
        self.known = {
            option.key: number for number, option in enumerate(self.options) if is_exact(option)
        }

    def exact(self, duty: Duty, like: int | None) -> int:
        """Return the option that is a duty exactly; it is measured as the option ``like``."""
        key = exact_key(duty)
        if key not in self.known:
            (option,), measured = option_table((), (duty,))
            self.known[key] = len(self.options)
            self.options.append(option)
            for name, column in self.measures.items():
                column.append(measured.get(name, (0,))[0] if like is None else column[like])
        return self.known[key]

    def grown(self) -> RosterProblem:
        """Return the problem with all options."""
        measures = {name: tuple(column) for name, column in self.measures.items()}
        return replace(self.problem, options=tuple(self.options), measures=measures)


class _Part:
    """One person's part of a scoped problem; made for everybody before the table is complete."""

    def __init__(
        self,
        problem: RosterProblem,
        agent: AgentProblem,
        before: dict[int, Duty],
        open_days: frozenset[int],
        rule: _Rule,
        table: _Table,
    ) -> None:
        self.agent, self.table = agent, table
        self.before, self.open_days = before, open_days
        self.option = {day: option_of(problem, agent, duty) for day, duty in before.items()}
        self.lost = {day for day in open_days & before.keys() if self._absent(day)}
        self.exact: dict[int, int] = {}
        self.allowed = [self._choices(day, rule) for day in range(problem.horizon.days)]

    def reference(self) -> list[Duty]:
        """Return the duties that can stay."""
        return [duty for day, duty in sorted(self.before.items()) if day not in self.lost]

    def agent_problem(self, grown: RosterProblem) -> AgentProblem:
        """Return the agent with what may change; ``grown`` has all exact options."""
        exact = sorted(set(self.exact.values()))
        if not self.open_days:
            frozen = replace(self.agent, options=tuple(exact), primitives=())
            return replace(frozen, primitives=tuple(self._masks(frozen)))
        own = tuple(dict.fromkeys((*self.agent.options, *exact)))
        agent = replace(self.agent, options=own)
        week = self._week(grown, agent)
        rules = [
            _tolerated(rule, week) for item in self.agent.primitives for rule in self._carried(item)
        ]
        rules += self._masks(agent)
        if any(allowed is not None for allowed in self.allowed) and _falls_short(rules, week):
            rules = list(lower_minimums(rules, own, grown.options, grown.measures))
        return replace(agent, primitives=tuple(rules))

    # --- days ------------------------------------------------------------------------------------

    def _absent(self, day: int) -> bool:
        """Tell whether the duty of a day has to go: nobody can be asked to work it.

        A day on which nothing can be worked, or a law against this duty; what a company's rule
        alone forbids was put there on purpose and may stay.
        """
        own, option = set(self.agent.options), self.option[day]
        return any(
            own <= set(item.options) or (option in item.options and item.rule.severity == "illegal")
            for item in self._hard_masks(day)
        )

    def _hard_masks(self, day: int) -> list[Mask]:
        return [
            item
            for item in self.agent.primitives
            if isinstance(item, Mask) and item.day == day and item.price is None
        ]

    def _choices(self, day: int, rule: _Rule) -> set[int] | None:
        worked = day in self.before and day not in self.lost
        if day not in self.open_days:
            return {self._exact(day)} if worked else {OFF}
        if worked and self.option[day] is None:
            # a duty that no shift kind allows can only stay by an option of its own
            self._exact(day)
        return rule(_Cell(worked, self.option.get(day), lambda: self._exact(day)))

    def _exact(self, day: int) -> int:
        self.exact[day] = self.table.exact(self.before[day], self.option[day])
        return self.exact[day]

    def _masks(self, agent: AgentProblem) -> list[Primitive]:
        """Return what keeps every day to its choices, and exact options to their own days."""
        added = set(agent.options) - set(self.agent.options)
        masks: list[Primitive] = []
        for day, allowed in enumerate(self.allowed):
            if allowed is None:
                forbidden = added - {self.exact.get(day, OFF)}
            else:
                forbidden = {OFF, *agent.options} - allowed
            if forbidden:
                masks.append(Mask(SCOPE, day, tuple(sorted(forbidden))))
        return masks

    # --- rules -----------------------------------------------------------------------------------

    def _carried(self, rule: Primitive) -> list[Primitive]:
        """Return a rule as it holds with the exact options among the others."""
        if isinstance(rule, Mask):
            return self._carried_mask(rule)
        if isinstance(rule, Succession) and rule.pairs:
            alike: dict[int | None, set[int]] = defaultdict(set)
            for day, exact in self.exact.items():
                alike[self.option[day]].add(exact)
            pairs = {
                pair
                for first, second in rule.pairs
                for pair in product({first, *alike[first]}, {second, *alike[second]})
            }
            return [replace(rule, pairs=tuple(sorted(pairs)))]
        return [rule]

    def _carried_mask(self, mask: Mask) -> list[Primitive]:
        day, option = mask.day, self.option.get(mask.day)
        allowed = self.allowed[day]
        if mask.price is None:
            if allowed is not None and len(allowed) == 1:
                return []
            stays = day in self.before and day not in self.lost
            if stays and option is not None and option in mask.options:
                rest = tuple(item for item in mask.options if item != option)
                tolerated = Mask(mask.rule, day, (option,), TOLERATED)
                return [replace(mask, options=rest), tolerated] if rest else [tolerated]
            return [mask]
        exact = self.exact.get(day)
        if exact is None or exact in mask.options or option not in mask.options:
            return [mask]
        return [replace(mask, options=(*mask.options, exact))]

    def _week(self, grown: RosterProblem, agent: AgentProblem) -> ActualWeek:
        """Return the week as it is, without the duties that are lost."""
        days = range(grown.horizon.days)
        kept = [self.before.get(day) if day not in self.lost else None for day in days]
        choices = []
        for day, duty in enumerate(kept):
            option = self.exact.get(day, self.option.get(day))
            choices.append(OFF if duty is None or option is None else option)
        return ActualWeek(grown, agent, tuple(choices), tuple(kept))


def _falls_short(rules: Sequence[Primitive], week: ActualWeek) -> bool:
    """Tell whether the week as it is lacks a minimum, so that it may be out of reach."""
    return any(
        found.amount < 0
        for rule in rules
        if isinstance(rule, Counter) and rule.price is None and rule.low is not None
        for found in READERS[Counter](week, rule)
    )


def _tolerated(rule: Primitive, week: ActualWeek) -> Primitive:
    """Return a rule; one that the week breaks already has a price instead of being hard."""
    if rule.price is not None or isinstance(rule, Mask):
        return rule
    if isinstance(rule, Counter) and rule.high is None:
        # a minimum is lowered to what is possible instead
        return rule
    broken = [found.amount for found in READERS[type(rule)](week, rule)]
    if isinstance(rule, Counter):
        over = any(amount > 0 for amount in broken)
        return replace(rule, low=None, price=TOLERATED) if over else rule
    return replace(rule, price=TOLERATED) if broken else rule
