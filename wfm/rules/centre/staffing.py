"""Floors and ceilings of staff: minimum staff, leaders on the floor, seats."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from wfm.messages import Message, message
from wfm.model.centre_rule import Presence
from wfm.model.roster import Unmet
from wfm.model.rule import RuleRef
from wfm.model.time import format_clock
from wfm.model.workload import Queue
from wfm.rules.centre.context import CentreContext
from wfm.rules.centre.term import CentreTerm, Names, People, Queues
from wfm.rules.centre.when import Hours

COUNT: dict[str, object] = {"label": message("People"), "low": 1, "high": 999}
TEAM = message("Team")
QUEUE = message("Queue")

ROLES: dict[str, tuple[str, ...]] = {
    "supervisor": ("supervisor",),
    "senior": ("supervisor", "senior"),
}
ROLE_NAMES: dict[str, Message] = {
    "supervisor": message("Supervisors", context="who is present"),
    "senior": message("Supervisors or seniors", context="who is present"),
}


def span_words(found: Unmet, what: Message) -> Message:
    """Return a stretch of a day in which heads are missing or too many."""
    return message(
        "{day} {start}–{end}: {what} ({hours} person-hours)",
        day=found.day,
        start=format_clock(found.start),
        end=format_clock(found.end),
        what=what,
        hours=f"{found.amount / 60:,.1f}",
    )


@dataclass(frozen=True)
class MinimumStaff(Hours, CentreTerm):
    """At least so many people of a queue's skill, or of a team, whatever the forecast."""

    key: ClassVar[str] = "minimum_staff"
    label: ClassVar[Message] = message("Minimum staff")
    help: ClassVar[Message] = message(
        "So many people at least, whatever the forecast; people on a break do not count."
    )
    queue_fields: ClassVar[tuple[str, ...]] = ("queue",)
    team_fields: ClassVar[tuple[str, ...]] = ("team",)

    count: int = field(default=2, metadata=COUNT)
    queue: str = field(default="", metadata={"label": QUEUE})
    team: str = field(default="", metadata={"label": TEAM})

    def __post_init__(self) -> None:
        self.check_hours()

    def compile(self, context: CentreContext) -> tuple[Presence, ...]:
        """Return one floor."""
        queue = self._queue(context.queues)
        if self.queue and queue is None:
            return ()
        named = [
            *([] if queue is None else [queue.name or queue.key]),
            *([context.team_name(self.team)] if self.team else []),
        ]
        ref = self.ref(" / ".join(named), count=self.count)
        group = context.places(self.who(context.queues, context.agents))
        limit = self.limit(context, self.count, self.queue)
        return (Presence(ref, group, limit, price=self.price),)

    def _queue(self, queues: Queues) -> Queue | None:
        return next((item for item in queues if item.key == self.queue), None)

    def who(self, queues: Queues, people: People) -> People:
        """Return the people of the team who have the queue's skill."""
        queue = self._queue(queues)
        return tuple(
            agent
            for agent in people
            if (not self.team or agent.team == self.team)
            and (queue is None or agent.skills.get(queue.skill, 0) > 0)
        )

    def summary(self, names: Names) -> Message:
        """Say how many, of whom, and when."""
        return message(
            "{group}: at least {count}, {when}",
            count=self.count,
            group=self._group(names),
            when=self.when,
        )

    def _group(self, names: Names) -> Message | str:
        if self.queue and self.team:
            return f"{names.queue(self.queue)} / {names.team(self.team)}"
        if self.queue:
            return names.queue(self.queue)
        return names.team(self.team) if self.team else message("All people")

    @classmethod
    def words(cls, found: Unmet, rule: RuleRef, agents: tuple[str, ...]) -> Message:
        """Say when, and how much is missing."""
        what = message(
            "{group}: fewer than {count}",
            count=rule.numbers.get("count", 0),
            group=rule.note or message("All people"),
        )
        return span_words(found, what)


@dataclass(frozen=True)
class LeadersPresent(Hours, CentreTerm):
    """At least so many supervisors, or supervisors and seniors, on the floor."""

    key: ClassVar[str] = "leaders_present"
    label: ClassVar[Message] = message("Supervisors on the floor")
    help: ClassVar[Message] = message(
        "So many supervisors (or seniors) at least; who is on a break does not count."
    )
    team_fields: ClassVar[tuple[str, ...]] = ("team",)

    count: int = field(default=1, metadata=COUNT)
    role: str = field(
        default="supervisor",
        metadata={"label": message("Who counts"), "choices": tuple(ROLE_NAMES.items())},
    )
    team: str = field(default="", metadata={"label": TEAM})

    def __post_init__(self) -> None:
        self.check_hours()

    def compile(self, context: CentreContext) -> tuple[Presence, ...]:
        """Return one floor."""
        group = context.places(self.who(context.queues, context.agents))
        named = context.team_name(self.team) if self.team else ""
        ref = self.ref(named, count=self.count, senior=int(self.role == "senior"))
        limit = self.limit(context, self.count)
        return (Presence(ref, group, limit, price=self.price),)

    def who(self, queues: Queues, people: People) -> People:  # noqa: ARG002 - of any queue
        """Return the leaders of the team."""
        roles = ROLES.get(self.role, (self.role,))
        return tuple(
            agent
            for agent in people
            if agent.role in roles and (not self.team or agent.team == self.team)
        )

    def summary(self, names: Names) -> Message:
        """Say how many, who counts, and when."""
        who: Message = ROLE_NAMES.get(self.role, ROLE_NAMES["supervisor"])
        if self.team:
            who = message("{who} of {team}", who=who, team=names.team(self.team))
        return message("{who}: at least {count}, {when}", count=self.count, who=who, when=self.when)

    @classmethod
    def words(cls, found: Unmet, rule: RuleRef, agents: tuple[str, ...]) -> Message:
        """Say when, and how much is missing."""
        who = ROLE_NAMES["senior" if rule.numbers.get("senior") else "supervisor"]
        if rule.note:
            who = message("{who} of {team}", who=who, team=rule.note)
        count = rule.numbers.get("count", 0)
        return span_words(found, message("{who}: fewer than {count}", count=count, who=who))


@dataclass(frozen=True)
class Seats(CentreTerm):
    """At most so many people at a time, in the whole centre or of one team."""

    key: ClassVar[str] = "seats"
    label: ClassVar[Message] = message("Seats")
    help: ClassVar[Message] = message(
        "So many people at most at the same time; a seat is taken during a break, too."
    )
    team_fields: ClassVar[tuple[str, ...]] = ("team",)

    count: int = field(default=20, metadata={**COUNT, "label": message("Seats")})
    team: str = field(default="", metadata={"label": TEAM})

    def compile(self, context: CentreContext) -> tuple[Presence, ...]:
        """Return one ceiling over all intervals."""
        heads = np.full(context.horizon.slots, float(self.count))
        heads.setflags(write=False)
        named = context.team_name(self.team) if self.team else ""
        return (
            Presence(
                self.ref(named, count=self.count),
                tuple(context.team_places(self.team)),
                high=heads,
                price=self.price,
                breaks=True,
            ),
        )

    def summary(self, names: Names) -> Message:
        """Say how many."""
        if self.team:
            return message(
                "At most {count} people of {team} at a time",
                count=self.count,
                team=names.team(self.team),
            )
        return message("At most {count} people at a time", count=self.count)

    @classmethod
    def words(cls, found: Unmet, rule: RuleRef, agents: tuple[str, ...]) -> Message:
        """Say when, and how many seats are missing."""
        count = rule.numbers.get("count", 0)
        if rule.note:
            what = message("more than {count} people of {team}", count=count, team=rule.note)
        else:
            what = message("more people than {count} seats", count=count)
        return span_words(found, what)
