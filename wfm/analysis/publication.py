"""What publishing a week would tell its people: changes since they were last shown it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wfm.analysis.difference import AgentDifference, agents_changed
from wfm.model.roster import AgentWeek, Duty
from wfm.model.time import Horizon


@dataclass(frozen=True, slots=True)
class Publication:
    """How a week's roster differs from what its people were last shown.

    ``published`` tells whether they were shown any; ``agents`` are the people with changes since,
    and everybody with a duty where nothing was published yet.
    """

    published: bool
    agents: tuple[AgentDifference, ...]

    @property
    def changes(self) -> int:
        """Number of changed duties."""
        return sum(len(agent.changes) for agent in self.agents)

    @property
    def current(self) -> bool:
        """Whether people have been shown exactly this roster."""
        return self.published and not self.agents


def publication(
    weeks: Iterable[AgentWeek], horizon: Horizon, duties: Sequence[Duty] | None = None
) -> Publication:
    """Compare a horizon's duties with the published ones.

    ``duties`` are those to compare, where they are not the weeks' own (edits on their way).
    """
    days = set(horizon.dates)
    shown: list[Duty] = []
    stored: list[Duty] = []
    ever = False
    for week in weeks:
        ever = ever or (week.published is not None and week.start in days)
        shown += [duty for duty in week.published or () if duty.day in days]
        stored += [duty for duty in week.duties if duty.day in days]
    now = stored if duties is None else [duty for duty in duties if duty.day in days]
    return Publication(ever, agents_changed(shown, now))
