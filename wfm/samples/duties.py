"""Past rosters of the sample centre: a simple rotation that keeps the law.

Each week everybody gets the days off that leave the weekdays best staffed, at most five days in a
row are worked, the shift kind rotates by week, and eleven hours lie between two duties.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from wfm.model.activity import ShiftKind
from wfm.model.people import Agent, Availability, Contract, Leave
from wfm.model.roster import AgentWeek, Duty
from wfm.model.time import DAY_MINUTES, days_from
from wfm.samples.breaks import placed_breaks
from wfm.samples.events import is_year_end
from wfm.samples.tables import Table, Tables

REST_MINUTES = 660
LONGEST_RUN = 5
_WEEKDAY_LOAD = (1.2, 1.08, 1.04, 1.02, 1.06, 0.74, 0.63)
_EVEN_LOAD = (1.0,) * 7
_WEEKEND_PRICE = 0.12
_SINGLE_DAY_OFF_PRICE = 0.02


@dataclass(slots=True)
class _Turn:
    """Where one agent stands in the rotation: days worked in a row, weekends, last duty's end."""

    run: int = 0
    weekends: int = 0
    free_at: int = -(10**9)


def past_weeks(
    tables: Tables,
    agents: Sequence[Agent],
    contracts: Iterable[Contract],
    shift_kinds: Iterable[ShiftKind],
    availabilities: Iterable[Availability],
    first: date,
    last: date,
) -> tuple[AgentWeek, ...]:
    """Return the published weeks of everybody from the week of ``first`` to that of ``last``.

    ``first`` and ``last`` are first days of weeks.  Leave is not yet taken out of them.
    """
    terms = {item.key: item for item in contracts}
    kinds = {item.key: item for item in shift_kinds}
    windows = {item.agent: item for item in availabilities}
    turns = {agent.key: _Turn() for agent in agents}
    used: Counter[tuple[date, int]] = Counter()
    result = []
    for number, start in enumerate(_weeks(first, last)):
        staffed: dict[str, list[int]] = {}
        # who chooses first gets the quiet weekdays, so the first place moves on every week
        turned = [(place + 13 * number) % len(agents) for place in range(len(agents))]
        for place in turned:
            agent = agents[place]
            rotation = _Rotation(
                agent, place, number, terms[agent.contract], kinds,
                windows.get(agent.key, Availability(agent.key)),
                tables.centre["contracts"][agent.contract], used,
            )  # fmt: skip
            # each kind of shift spreads its own people over the weekdays
            group = "supervisor" if agent.role == "supervisor" else rotation.kind_of_week
            cover = staffed.setdefault(group, [0] * 7)
            duties = rotation.week(start, turns[agent.key], cover)
            result.append(AgentWeek(agent.key, start, duties, published=duties))
    return tuple(sorted(result, key=lambda week: (week.start, week.agent)))


def without_leave(weeks: Iterable[AgentWeek], leaves: Iterable[Leave]) -> tuple[AgentWeek, ...]:
    """Return the weeks less the duties on days of approved leave."""
    away = {(item.agent, item.day) for item in leaves if item.approved}
    result = []
    for week in weeks:
        duties = tuple(duty for duty in week.duties if (duty.agent, duty.day) not in away)
        result.append(AgentWeek(week.agent, week.start, duties, published=duties))
    return tuple(result)


def _weeks(first: date, last: date) -> list[date]:
    return [first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1)]


@dataclass(frozen=True, slots=True)
class _Rotation:
    """One agent's week in the rotation; ``used`` counts the starts given out on each day."""

    agent: Agent
    place: int
    number: int
    contract: Contract
    kinds: dict[str, ShiftKind]
    availability: Availability
    row: Table
    used: Counter[tuple[date, int]]

    @property
    def kind_of_week(self) -> str:
        """The shift kind whose turn it is."""
        rotation = self.row["rotation"]
        return str(rotation[(self.place + self.number) % len(rotation)])

    def week(self, start: date, turn: _Turn, cover: list[int]) -> tuple[Duty, ...]:
        """Return the duties of the week from ``start`` on, and move the turn and cover on."""
        days = tuple(days_from(start, 7))
        worked = self._working_days(days, turn, cover)
        duties: list[Duty] = []
        minutes = 0
        for place, day in enumerate(days):
            duty = self._duty(day, turn) if place in worked else None
            if duty and minutes + duty.worked_minutes <= self.contract.week_minutes_max:
                duties.append(duty)
                minutes += duty.worked_minutes
                cover[place] += 1
                turn.run += 1
                turn.weekends += day.weekday() >= 5
                turn.free_at = _since_epoch(day) + duty.end + REST_MINUTES
            else:
                turn.run = 0
        return tuple(duties)

    def _working_days(
        self, days: Sequence[date], turn: _Turn, cover: Sequence[int]
    ) -> frozenset[int]:
        """Return the positions of the working days that help most and keep the longest run."""
        possible = [place for place, day in enumerate(days) if self._can_work(day)]
        wanted = min(int(self.row["days"]), len(possible))
        loads = _EVEN_LOAD if self.agent.role == "supervisor" else _WEEKDAY_LOAD
        best: tuple[float, frozenset[int]] = (float("inf"), frozenset())
        for chosen in combinations(possible, wanted):
            picked = frozenset(chosen)
            if not _keeps_run(picked, turn.run):
                continue
            price = sum(cover[place] / loads[days[place].weekday()] for place in picked)
            weekend = sum(days[place].weekday() >= 5 for place in picked)
            price += _WEEKEND_PRICE * weekend * turn.weekends
            price += _SINGLE_DAY_OFF_PRICE * _single_days_off(picked)
            # equal prices are told apart by person and week, so that days off move around
            price += ((self.place * 7 + self.number * 3 + sum(chosen) * 5) % 11) / 1000
            if price < best[0]:
                best = (price, picked)
        return best[1]

    def _can_work(self, day: date) -> bool:
        if is_year_end(day) or not self.agent.employed_on(day):
            return False
        return self.availability.windows(day) != ()

    def _duty(self, day: date, turn: _Turn) -> Duty | None:
        """Return the duty of the week's kind, or of the first kind that fits the day.

        Of the starts that fit, the one least used on that day.
        """
        order = [self.kind_of_week, *self.contract.shift_kinds]
        earliest = turn.free_at - _since_epoch(day)
        windows = self.availability.windows(day) or ((0, 2 * DAY_MINUTES),)
        for key in order:
            kind = self.kinds[key]
            found = [
                (start, start + length)
                for length in kind.lengths
                for start in kind.starts
                if start >= earliest
                and any(low <= start and start + length <= high for low, high in windows)
            ]
            if found:
                first = (self.place + self.number) % len(found)
                order_of_turn = found[first:] + found[:first]
                start, end = min(order_of_turn, key=lambda span: self.used[day, span[0]])
                self.used[day, start] += 1
                breaks = placed_breaks(kind, start, self.place * 3 + day.weekday())
                return Duty(self.agent.key, day, start, end, breaks, kind.key, kind.letter)
        return None


def _since_epoch(day: date) -> int:
    return day.toordinal() * DAY_MINUTES


def _keeps_run(worked: frozenset[int], run: int) -> bool:
    for place in range(7):
        run = run + 1 if place in worked else 0
        if run > LONGEST_RUN:
            return False
    return True


def _single_days_off(worked: frozenset[int]) -> int:
    return sum(
        place not in worked and place - 1 in worked and place + 1 in worked for place in range(1, 6)
    )
