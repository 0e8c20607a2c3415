"""Who works at which queue when in a week as it stands: the blocks, and the table for a file."""

from __future__ import annotations

from dataclasses import dataclass

from wfm.analysis.tasks import LEAST_MINUTES, TaskPlan, task_plan
from wfm.errors import NotYetError
from wfm.messages import message
from wfm.model.problem import RosterProblem
from wfm.model.time import Horizon, format_clock, format_iso_week
from wfm.persistence import Store
from wfm.publishing.words import label
from wfm.services.centre import Centre, read_centre
from wfm.services.rostering import make_problem, read_requirements

COLUMNS = ("date", "number", "name", "start", "end", "queue")


@dataclass(frozen=True, slots=True)
class QueueWeek:
    """The blocks of a week, and the centre as it was read."""

    centre: Centre
    plan: TaskPlan

    def rows(self, language: str) -> list[list[str]]:
        """Return a heading and one row per block, in order of date, person and time."""
        people = {agent.key: agent for agent in self.centre.agents}
        skills = {skill.key: skill.name for skill in self.centre.skills}
        blocks = sorted(
            self.plan.blocks,
            key=lambda item: (item.day, people[item.agent].number, item.agent, item.start),
        )
        return [
            [label(name, language) for name in COLUMNS],
            *(
                [
                    item.day.isoformat(),
                    people[item.agent].number,
                    people[item.agent].name,
                    format_clock(item.start),
                    format_clock(item.end),
                    skills.get(item.skill, item.skill),
                ]
                for item in blocks
            ),
        ]


@dataclass(frozen=True, slots=True)
class QueueSituation:
    """A week's roster and required staff, read and not yet shared out."""

    centre: Centre
    problem: RosterProblem


def queue_situation(store: Store, horizon: Horizon) -> QueueSituation:
    """Read a week; raises :class:`~wfm.errors.NotYetError` without required staff or a roster."""
    centre = read_centre(store, horizon)
    problem = make_problem(centre, read_requirements(store, horizon))
    if not centre.roster.duties:
        week = format_iso_week(horizon.start)
        raise NotYetError(message("There is no roster for {week} yet.", week=week), "roster")
    return QueueSituation(centre, problem)


def queue_week(situation: QueueSituation, least_minutes: int = LEAST_MINUTES) -> QueueWeek:
    """Give everybody in the roster a queue, in blocks of ``least_minutes`` or more."""
    problem = situation.problem
    plan = task_plan(
        problem.horizon, problem.demands, problem.agents, situation.centre.roster.duties,
        least_minutes=least_minutes, over_cost=problem.over_cost,
    )  # fmt: skip
    return QueueWeek(situation.centre, plan)
