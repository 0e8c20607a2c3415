"""Burdens that are shared out evenly, with what everybody carries from before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.centre_rule import FairShare
from wfm.model.people import Balance
from wfm.model.roster import Duty, Unmet
from wfm.model.rule import RuleRef
from wfm.model.time import Horizon
from wfm.rules.centre.context import CentreContext
from wfm.rules.centre.term import PRICE, SHARE_PRICE, CentreTerm, Names
from wfm.rules.options import measures_of


@dataclass(frozen=True, slots=True)
class Burden:
    """What is counted: duties of some days, by a measure of the option table.

    ``balance`` names the opening counter of earlier months, ``counts`` tells whether a day
    (and whether it is a public holiday) belongs to the burden.
    """

    key: str
    name: Message
    measure: str
    balance: str
    counts: Callable[[date, bool], bool]

    def of_duty(self, duty: Duty, *, holiday: bool) -> int:
        """Return what a duty of the past adds."""
        if not self.counts(duty.day, holiday):
            return 0
        return measures_of(duty.start, duty.end, duty.worked_minutes)[self.measure]


BURDENS = (
    Burden(
        "weekends", message("Weekend duties"), "duties", "weekend_days",
        lambda day, _holiday: day.weekday() >= 5,
    ),
    Burden(
        "holidays", message("Duties on public holidays"), "duties", "holiday_days",
        lambda _day, holiday: holiday,
    ),
    Burden("lates", message("Late shifts"), "lates", "late_days", lambda _day, _holiday: True),
    Burden("nights", message("Night shifts"), "nights", "night_days", lambda _day, _holiday: True),
)  # fmt: skip
"""Burdens of duties."""

WISHES = "wishes"
BURDEN_NAMES: dict[str, Message] = {
    **{burden.key: burden.name for burden in BURDENS},
    WISHES: message("Wished days off not granted"),
}
"""Names of everything that can be shared out; the position is the number in a rule's reference."""


@dataclass(frozen=True)
class FairBurden(CentreTerm):
    """What people carry of a burden differs by at most so many, earlier months counted in."""

    key: ClassVar[str] = "fair_burden"
    label: ClassVar[Message] = message("Fair shares")
    help: ClassVar[Message] = message(
        "Counts the planned days, the five weeks before them and the opening balances together;"
        " who cannot take any of it is left out."
    )
    team_fields: ClassVar[tuple[str, ...]] = ("team",)

    burden: str = field(
        default="weekends",
        metadata={"label": message("What is shared"), "choices": tuple(BURDEN_NAMES.items())},
    )
    spread: int = field(
        default=1,
        metadata={
            "label": message("Allowed difference"),
            "low": 0,
            "high": 31,
            "help": message("Between the person with most and the one with fewest."),
        },
    )
    team: str = field(default="", metadata={"label": message("Team")})
    price: int = field(default=SHARE_PRICE, kw_only=True, metadata=PRICE)

    def compile(self, context: CentreContext) -> tuple[FairShare, ...]:
        """Return one share of everybody who could carry some of it; none for less than two."""
        if self.burden == WISHES:
            return self._wishes(context)
        burden = next(item for item in BURDENS if item.key == self.burden)
        dates = context.horizon.dates
        days = tuple(
            place for place, day in enumerate(dates) if burden.counts(day, day in context.holidays)
        )
        column = context.measures.get(burden.measure, ())
        places = [
            place
            for place in context.team_places(self.team)
            if any(column[option] for option in context.compiled[place].options)
        ]
        if not days or len(places) < 2:
            return ()
        carried = tuple(self._carried(context, burden, place) for place in places)
        return (self._share(context, places, days, burden.measure, carried),)

    def _share(
        self,
        context: CentreContext,
        places: Sequence[int],
        days: tuple[int, ...],
        measure: str,
        carried: tuple[int, ...],
        own_days: tuple[tuple[int, ...], ...] = (),
    ) -> FairShare:
        named = context.team_name(self.team) if self.team else ""
        burden = list(BURDEN_NAMES).index(self.burden)
        ref = self.ref(named, spread=self.spread, burden=burden)
        return FairShare(
            ref, tuple(places), days, measure, carried, self.spread, self.price, own_days
        )

    def _carried(self, context: CentreContext, burden: Burden, place: int) -> int:
        """Return what somebody carries: the opening counter, and duties since then."""
        agent = context.agents[place].key
        since, opening = _opening(context, agent, burden.balance)
        return opening + sum(
            burden.of_duty(duty, holiday=duty.day in context.holidays)
            for duty in context.past.get(agent, ())
            if since <= duty.day < context.horizon.start
        )

    def _wishes(self, context: CentreContext) -> tuple[FairShare, ...]:
        """Return the share of wished days off that are worked all the same."""
        horizon = context.horizon
        wished = [_wished(context, place, horizon) for place in range(len(context.agents))]
        places = [
            place
            for place in context.team_places(self.team)
            if wished[place] and context.compiled[place].options
        ]
        if len(places) < 2:
            return ()
        carried = []
        for place in places:
            agent = context.agents[place].key
            since, opening = _opening(context, agent, "refused_wishes")
            worked = {duty.day for duty in context.past.get(agent, ()) if duty.day >= since}
            before = {
                wish.day
                for wish in context.wishes
                if wish.agent == agent and wish.kind == "off" and wish.day < horizon.start
            }
            carried.append(opening + len(worked & before))
        days = tuple(sorted({day for place in places for day in wished[place]}))
        own = tuple(wished[place] for place in places)
        return (self._share(context, places, days, "duties", tuple(carried), own),)

    def summary(self, names: Names) -> Message:
        """Say what differs by how much at most."""
        words = message(
            "{burden} differ by at most {spread}",
            burden=BURDEN_NAMES.get(self.burden, self.burden),
            spread=self.spread,
        )
        if not self.team:
            return words
        return message("{team}: {rule}", team=names.team(self.team), rule=words)

    @classmethod
    def words(cls, found: Unmet, rule: RuleRef, agents: tuple[str, ...]) -> Message:
        """Say what is spread unevenly, and by how much."""
        number = rule.numbers.get("burden", 0)
        burden = list(BURDEN_NAMES.values())[number % len(BURDEN_NAMES)]
        words = message(
            "{burden} are spread unevenly: {count} beyond a difference of {spread}",
            burden=burden,
            count=found.amount,
            spread=rule.numbers.get("spread", 0),
        )
        return message("{team}: {rule}", team=rule.note, rule=words) if rule.note else words


def _opening(context: CentreContext, agent: str, counter: str) -> tuple[date, int]:
    """Return the first day after an opening balance, and its counter; all of time without one."""
    balance: Balance | None = context.balances.get(agent)
    return (date.min, 0) if balance is None else (balance.month, int(getattr(balance, counter)))


def _wished(context: CentreContext, place: int, horizon: Horizon) -> tuple[int, ...]:
    """Return the positions of the days that somebody wished off."""
    key = context.agents[place].key
    return tuple(
        sorted(
            {
                horizon.day_index(wish.day)
                for wish in context.wishes
                if wish.agent == key and wish.kind == "off" and wish.day in horizon.dates
            }
        )
    )
