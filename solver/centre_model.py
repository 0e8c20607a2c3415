"""Centre rules and stability as part of a CP-SAT model of a whole small centre."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

from solver.centre import in_units, weeks_of
from solver.compile import HEAD
from solver.cpsat import Literal, WeekModel
from solver.legal import LegalWeeks
from solver.sharing import Span
from solver.tables import Tables
from solver.week_paths import add_graph
from wfm.model.centre_rule import FairShare, Pair, Presence
from wfm.model.problem import Option, Stability
from wfm.model.roster import Duty
from wfm.model.rule import OFF

Placed = Mapping[tuple[int, int, int, int], Sequence[Literal]]


@dataclass(frozen=True, slots=True)
class CentreModel:
    """Adds what ties agents together to the model of their weeks and placings.

    ``placed`` holds a literal per placing of (agent, day, option, group), ``spans`` each agent's
    shifts and breaks.
    """

    tables: Tables
    legal: Sequence[LegalWeeks]
    model: cp_model.CpModel
    weeks: Sequence[WeekModel]
    placed: Placed
    spans: Sequence[Sequence[Span]]

    def add(self, cost: list[Any]) -> None:
        """Impose every centre rule and the stability; prices × units are added to ``cost``."""
        adders: dict[type, Callable[..., None]] = {
            Presence: self._add_staffing,
            Pair: self._add_pair,
            FairShare: self._add_share,
        }
        for rule in self.tables.problem.centre_rules:
            adders[type(rule)](rule, cost)
        if self.tables.problem.stability is not None:
            self._add_stability(self.tables.problem.stability, cost)

    # --- staffing --------------------------------------------------------------------------------

    def _add_staffing(self, rule: Presence, cost: list[Any]) -> None:
        problem, scale = self.tables.problem, self.tables.scale
        heads: dict[int, list[Any]] = defaultdict(list)
        for place in rule.agents:
            for span in self.spans[place]:
                if span.off and rule.breaks:
                    continue
                for slot, minutes in span.by_slot(problem.horizon.slot_minutes):
                    heads[slot].append(span.sign * HEAD * minutes // scale.part * span.literal)
        most = len(rule.agents) * scale.units
        low = [0] * problem.horizon.slots
        high = [most] * problem.horizon.slots
        low = low if rule.low is None else in_units(problem, scale, rule.low)
        high = high if rule.high is None else in_units(problem, scale, rule.high)
        for slot, (least, limit) in enumerate(zip(low, high, strict=True)):
            present = sum(heads[slot])
            if least:
                short = self.model.new_int_var(0, least, "")
                self.model.add(present + short >= least)
                cost.append(rule.price * short)
            if limit < most and heads[slot]:
                over = self.model.new_int_var(0, most, "")
                self.model.add(present - over <= limit)
                cost.append(rule.price * over)

    # --- pairs -----------------------------------------------------------------------------------

    def _add_pair(self, rule: Pair, cost: list[Any]) -> None:
        for one, two in zip(
            self.weeks[rule.first].choose, self.weeks[rule.second].choose, strict=True
        ):
            broken = self.model.new_bool_var("")
            cost.append(rule.price * self.tables.scale.units * broken)
            for option, literal in one.items():
                if option == OFF:
                    continue
                fits = sum(two[other] for other in two if self._goes(rule, option, other))
                self.model.add(literal - fits <= broken)

    def _goes(self, rule: Pair, first: int, second: int) -> bool:
        """Tell whether the choice of the second suits the duty of the first."""
        if second == OFF:
            return rule.apart
        one, two = self.tables.problem.options[first], self.tables.problem.options[second]
        shared = max(0, min(one.end, two.end) - max(one.start, two.start))
        return shared == 0 if rule.apart else shared >= rule.overlap

    # --- fair shares -----------------------------------------------------------------------------

    def _add_share(self, rule: FairShare, cost: list[Any]) -> None:
        measure = self.tables.problem.measures[rule.measure]
        longest = max((len(days) for days in rule.days_of_each), default=0)
        size = max((abs(value) for value in measure), default=0) * longest
        carried = rule.carried or (0,)
        lowest, highest = min(carried) - size - rule.spread, max(carried) + size
        level = self.model.new_int_var(lowest, highest, "")
        for place, before, days in zip(rule.agents, rule.carried, rule.days_of_each, strict=True):
            count = before + sum(
                measure[option] * literal
                for day in days
                for option, literal in self.weeks[place].choose[day].items()
                if option != OFF
            )
            outside = self.model.new_int_var(0, highest - lowest + 2 * size, "")
            self.model.add(outside >= count - level - rule.spread)
            self.model.add(outside >= level - count)
            cost.append(rule.price * self.tables.scale.units * outside)

    # --- stability -------------------------------------------------------------------------------

    def _add_stability(self, stability: Stability, cost: list[Any]) -> None:
        units = self.tables.scale.units
        before = weeks_of(self.tables.problem, stability.duties)
        affected = []
        for place, week in enumerate(self.weeks):
            someone = self.model.new_bool_var("")
            affected.append(someone)
            cost.append(stability.person_cost * units * someone)
            for day in range(len(week.choose)):
                same = self.unchanged(place, day, before[place].get(day))
                changed = 1 - sum(week.choose[day][option] for option in same)
                cost.append(stability.shift_cost * units * changed)
                self.model.add(changed <= someone)
                if day in before[place]:
                    moved = self._moved(place, day, before[place][day], same)
                    cost += [stability.break_cost * units * term for term in moved]
        if stability.people is not None:
            self.model.add(sum(affected) <= max(stability.people, self._forced(before)))

    def unchanged(self, place: int, day: int, duty: Duty | None) -> list[int]:
        """Return the choices of an agent-day that leave the shift before the run as it was."""
        row = self.weeks[place].choose[day]
        if duty is None:
            return [OFF]
        options: Sequence[Option] = self.tables.problem.options
        return [
            number
            for number in row
            if number != OFF
            and (options[number].start, options[number].end, options[number].kind)
            == (duty.start, duty.end, duty.kind)
        ]

    def _moved(self, place: int, day: int, duty: Duty, same: Sequence[int]) -> list[Any]:
        """Return terms that add up to the breaks which the duty had not."""
        old = {(item.start, item.end) for item in duty.breaks}
        return [
            sum(item not in old for item in placing) * literal
            for option in same
            for group, places in enumerate(self.tables.placings[option])
            for placing, literal in zip(places, self.placed[place, day, option, group], strict=True)
        ]

    def _forced(self, before: Sequence[Mapping[int, Duty]]) -> int:
        """Return how many agents cannot keep the week that they had."""
        forced = 0
        for place, agent in enumerate(self.tables.problem.agents):
            model = cp_model.CpModel()
            week = WeekModel(model, self.tables.problem, agent)
            known = self.legal[place]
            week.add(known.primitives)
            if known.broken:
                add_graph(week, known.search, [], 1)
            for day, row in enumerate(week.choose):
                same = self.unchanged(place, day, before[place].get(day))
                model.add(sum(row[option] for option in same) == 1)
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = 1
            forced += solver.solve(model) == cp_model.INFEASIBLE
        return forced
