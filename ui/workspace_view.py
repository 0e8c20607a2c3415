"""A week of a centre as the timeline and printed rosters show it."""

from __future__ import annotations

from ui.centre_view import AgentRow, RuleBreak, WeekView
from ui.coverage_view import coverage_view
from wfm.messages import Message, message
from wfm.model.time import format_clock
from wfm.rules import BALANCING
from wfm.services.week import WeekState


def gap_of_required(state: WeekState) -> float | None:
    """Return the proven distance from the best roster as a share of the required time."""
    if state.run is None or state.coverage is None:
        return None
    required = state.coverage.required_agent_hours
    distance = (state.objective or 0.0) - state.run.lower_bound
    hours = distance * state.coverage.horizon.slot_minutes / 60
    return hours / required if required else None


def week_view(state: WeekState) -> WeekView:
    """Return a week ready to be shown."""
    centre = state.centre
    teams = {team.key: team.name for team in centre.teams}
    horizon = centre.horizon
    holidays = frozenset(day for day in centre.holidays if day in set(horizon.dates))
    names = {skill.key: skill.name for skill in centre.skills}
    picture = None
    if state.coverage is not None:
        picture = coverage_view(
            state.coverage,
            names,
            centre=centre.site.name,
            gap=gap_of_required(state),
            holidays=holidays,
        )
    return WeekView(
        centre=centre.site.name,
        horizon=horizon,
        agents=tuple(
            AgentRow(agent.key, agent.name, teams.get(agent.team, agent.team), agent.role)
            for agent in centre.agents
        ),
        duties=centre.roster.duties,
        absences=centre.roster.absences,
        kinds=tuple(centre.shift_kinds.values()),
        coverage=picture,
        rule_breaks=tuple(
            RuleBreak(
                item.agent,
                words,
                tuple(horizon.dates[day] for day in item.days if 0 <= day < horizon.days),
                item.hard,
            )
            for item, words in state.violations
            if item.rule.key not in BALANCING
        ),
        holidays=holidays,
        published=centre.roster.published,
        note=_note(state, names),
    )


def _note(state: WeekState, names: dict[str, str]) -> Message | None:
    """Return the worst shortage in words, or what to do first."""
    if state.coverage is None:
        return message("This week has no required staff yet: plan it to forecast and staff it.")
    worst = state.coverage.worst(1)
    if not worst or not state.centre.roster.duties:
        return None
    item = worst[0]
    return message(
        "Most missing: {skill}, {day} {time}: {count} agents short.",
        skill=names.get(item.skill, item.skill),
        day=item.day,
        time=format_clock(item.start),
        count=f"{item.missing:g}",
    )
