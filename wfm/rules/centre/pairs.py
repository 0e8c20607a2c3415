"""People who work together or apart: two people, trainees and mentors, teams."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.centre_rule import Pair
from wfm.model.roster import Unmet
from wfm.model.rule import RuleRef
from wfm.rules.centre.context import CentreContext
from wfm.rules.centre.term import CentreTerm, Names

OVERLAP: dict[str, object] = {
    "label": message("Time together"),
    "form": "length",
    "low": 0,
    "high": 1440,
    "help": message("At least so long on each day; 0:00 is any shift of the same day."),
}
FIRST, SECOND = message("First person"), message("Second person")
FOUR_HOURS = 240


def _alone(found: Unmet, agents: tuple[str, ...]) -> Message:
    first, second = agents
    return message(
        "{day}: {first} works without {second}", day=found.day, first=first, second=second
    )


def _at_once(found: Unmet, agents: tuple[str, ...]) -> Message:
    first, second = agents
    return message(
        "{day}: {first} and {second} work at the same time",
        day=found.day,
        first=first,
        second=second,
    )


@dataclass(frozen=True)
class _TwoPeople(CentreTerm):
    """Two people by their keys."""

    agent_fields: ClassVar[tuple[str, ...]] = ("first", "second")

    first: str = field(default="", metadata={"label": FIRST})
    second: str = field(default="", metadata={"label": SECOND})

    def __post_init__(self) -> None:
        if not self.first or not self.second or self.first == self.second:
            raise WfmError(message("A pair is two different people: choose both."))

    def planned(self, context: CentreContext) -> tuple[tuple[int, int], ...]:
        """Return the places of the two, if both are planned."""
        first, second = context.place_of(self.first), context.place_of(self.second)
        return () if first is None or second is None else ((first, second),)


@dataclass(frozen=True)
class Together(_TwoPeople):
    """Whenever the first works, the second is there as well."""

    key: ClassVar[str] = "together"
    label: ClassVar[Message] = message("Two people together")
    help: ClassVar[Message] = message("On each day on which the first works, the second does, too.")

    overlap: int = field(default=FOUR_HOURS, metadata=OVERLAP)

    def compile(self, context: CentreContext) -> tuple[Pair, ...]:
        """Return the pair, if both are planned."""
        return tuple(
            Pair(self.ref(overlap=self.overlap, second=second), first, second,
                 overlap=self.overlap, price=self.price)
            for first, second in self.planned(context)
        )  # fmt: skip

    def summary(self, names: Names) -> Message:
        """Say who works with whom."""
        return message(
            "{first} works together with {second}",
            first=names.agent(self.first),
            second=names.agent(self.second),
        )

    @classmethod
    def words(cls, found: Unmet, rule: RuleRef, agents: tuple[str, ...]) -> Message:
        """Say who works without whom."""
        return _alone(found, agents)


@dataclass(frozen=True)
class Apart(_TwoPeople):
    """Two people are never at work at the same time."""

    key: ClassVar[str] = "apart"
    label: ClassVar[Message] = message("Two people apart")
    help: ClassVar[Message] = message("The two are never at work at the same time.")

    def compile(self, context: CentreContext) -> tuple[Pair, ...]:
        """Return the pair, if both are planned."""
        return tuple(
            Pair(self.ref(second=second), first, second, apart=True, price=self.price)
            for first, second in self.planned(context)
        )

    def summary(self, names: Names) -> Message:
        """Say who is kept apart."""
        return message(
            "{first} and {second} never at the same time",
            first=names.agent(self.first),
            second=names.agent(self.second),
        )

    @classmethod
    def words(cls, found: Unmet, rule: RuleRef, agents: tuple[str, ...]) -> Message:
        """Say who meets whom."""
        return _at_once(found, agents)


@dataclass(frozen=True)
class WithMentor(CentreTerm):
    """Everybody who has a mentor works beside them."""

    key: ClassVar[str] = "with_mentor"
    label: ClassVar[Message] = message("Trainees with their mentors")
    help: ClassVar[Message] = message(
        "Whoever has a mentor (see people) works on days on which the mentor does."
    )

    overlap: int = field(default=FOUR_HOURS, metadata=OVERLAP)

    def compile(self, context: CentreContext) -> tuple[Pair, ...]:
        """Return a pair per person with a mentor who is planned."""
        places = {agent.key: place for place, agent in enumerate(context.agents)}
        return tuple(
            self._pair(place, places[agent.mentor])
            for place, agent in enumerate(context.agents)
            if agent.mentor in places and agent.mentor != agent.key
        )

    def _pair(self, first: int, second: int) -> Pair:
        ref = self.ref(overlap=self.overlap, second=second)
        return Pair(ref, first, second, overlap=self.overlap, price=self.price)

    def summary(self, names: Names) -> Message:  # noqa: ARG002 - names nobody
        """Say what holds for everybody with a mentor."""
        return message("Everybody with a mentor works together with them")

    @classmethod
    def words(cls, found: Unmet, rule: RuleRef, agents: tuple[str, ...]) -> Message:
        """Say who works without their mentor."""
        first, second = agents
        return message(
            "{day}: {first} works without their mentor {second}",
            day=found.day,
            first=first,
            second=second,
        )


@dataclass(frozen=True)
class TeamWithLead(CentreTerm):
    """The members of a team work when their supervisor does."""

    key: ClassVar[str] = "team_with_lead"
    label: ClassVar[Message] = message("Team with its supervisor")
    help: ClassVar[Message] = message(
        "Members of a team work on days on which the team's supervisor does."
    )
    team_fields: ClassVar[tuple[str, ...]] = ("team",)

    team: str = field(default="", metadata={"label": message("Team")})
    overlap: int = field(default=FOUR_HOURS, metadata=OVERLAP)

    def compile(self, context: CentreContext) -> tuple[Pair, ...]:
        """Return a pair per member and supervisor."""
        leads = {team.key: context.place_of(team.supervisor) for team in context.teams}
        pairs = []
        for place in context.team_places(self.team):
            team = context.agents[place].team
            lead = leads.get(team)
            if lead is not None and lead != place:
                ref = self.ref(context.team_name(team), overlap=self.overlap, second=lead)
                pairs.append(Pair(ref, place, lead, overlap=self.overlap, price=self.price))
        return tuple(pairs)

    def summary(self, names: Names) -> Message:
        """Say which team."""
        if not self.team:
            return message("Every team works together with its supervisor")
        return message("{team} works together with its supervisor", team=names.team(self.team))

    @classmethod
    def words(cls, found: Unmet, rule: RuleRef, agents: tuple[str, ...]) -> Message:
        """Say who works without the supervisor."""
        first, second = agents
        return message(
            "{day}: {first} of {team} works without the supervisor {second}",
            day=found.day,
            first=first,
            second=second,
            team=rule.note,
        )


@dataclass(frozen=True)
class TeamsApart(CentreTerm):
    """Nobody of one team is at work at the same time as anybody of another."""

    key: ClassVar[str] = "teams_apart"
    label: ClassVar[Message] = message("Two teams apart")
    help: ClassVar[Message] = message("Nobody of one team works at the same time as the other.")
    team_fields: ClassVar[tuple[str, ...]] = ("first", "second")

    first: str = field(default="", metadata={"label": message("First team")})
    second: str = field(default="", metadata={"label": message("Second team")})

    def __post_init__(self) -> None:
        if not self.first or not self.second or self.first == self.second:
            raise WfmError(message("Teams are kept apart by twos: choose two different ones."))

    def compile(self, context: CentreContext) -> tuple[Pair, ...]:
        """Return a pair per two members."""
        return tuple(
            Pair(self.ref(second=two), one, two, apart=True, price=self.price)
            for one in context.team_places(self.first)
            for two in context.team_places(self.second)
        )

    def summary(self, names: Names) -> Message:
        """Say which teams."""
        return message(
            "{first} and {second} never at the same time",
            first=names.team(self.first),
            second=names.team(self.second),
        )

    @classmethod
    def words(cls, found: Unmet, rule: RuleRef, agents: tuple[str, ...]) -> Message:
        """Say who meets whom."""
        return _at_once(found, agents)
