"""Leave that waits, leave that was granted, wishes and locks: one person's day each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from wfm.messages import message
from wfm.model.activity import absence_name
from wfm.model.people import Leave, Wish
from wfm.services.centre import Centre
from wfm.services.relaxing.relaxation import Relaxation, Situation


def pending_leaves(situation: Situation) -> Iterator[Relaxation]:
    """Yield each leave that waits for a decision, as granted."""
    for leave in situation.pending:
        if situation.coming(leave.day):
            yield Relaxation(
                "grant",
                message(
                    "Approve the leave of {name} on {day} ({absence})",
                    name=situation.person(leave.agent),
                    day=leave.day,
                    absence=absence_name(leave.kind),
                ),
                centre=_granted(leave),
                sign=0,
                hope=2.0,
            )


def approved_leaves(situation: Situation) -> Iterator[Relaxation]:
    """Yield leave on the day in question, as withdrawn, of people who have the skill."""
    for leave in situation.centre.leaves:
        if leave.approved and _asked(situation, leave.agent, leave.day):
            yield Relaxation(
                "leave",
                message(
                    "{name} works on {day} instead of {absence}",
                    name=situation.person(leave.agent),
                    day=leave.day,
                    absence=absence_name(leave.kind),
                ),
                centre=_without_leave(leave),
                sign=0,
                hope=1.0,
            )


def wishes(situation: Situation) -> Iterator[Relaxation]:
    """Yield wishes on the day in question of people who have the skill."""
    for wish in situation.centre.wishes:
        if _asked(situation, wish.agent, wish.day):
            yield Relaxation(
                "wish",
                message(
                    "{name} takes back the wish for {day}",
                    name=situation.person(wish.agent),
                    day=wish.day,
                ),
                centre=_without_wish(wish),
                hope=0.5,
            )


def locks(situation: Situation) -> Iterator[Relaxation]:
    """Yield what is locked on the day in question, of people who have the skill."""
    roster = situation.centre.roster
    cells = {(duty.agent, duty.day) for duty in roster.duties if duty.locked}
    for agent, day in sorted({*cells, *roster.locked_off}):
        if _asked(situation, agent, day):
            yield Relaxation(
                "lock",
                message("Unlock {name} on {day}", name=situation.person(agent), day=day),
                centre=_unlocked(agent, day),
                hope=1.5,
            )


def _asked(situation: Situation, agent: str, day: date) -> bool:
    """Tell whether a day of a person bears on what is missing."""
    focus = situation.focus
    if not situation.coming(day) or (focus is not None and focus.day != day):
        return False
    skills = {item.key: item.skills for item in situation.centre.agents}
    return agent in skills and (focus is None or skills[agent].get(focus.skill, 0) > 0)


def _granted(leave: Leave) -> Callable[[Centre], Centre]:
    def change(centre: Centre) -> Centre:
        others = (
            item for item in centre.leaves if (item.agent, item.day) != (leave.agent, leave.day)
        )
        weeks = tuple(
            week.with_days({leave.day}, ())
            if week.agent == leave.agent and 0 <= (leave.day - week.start).days < 7
            else week
            for week in centre.weeks
        )
        return replace(centre, leaves=(*others, replace(leave, approved=True)), weeks=weeks)

    return change


def _without_leave(leave: Leave) -> Callable[[Centre], Centre]:
    def change(centre: Centre) -> Centre:
        return replace(centre, leaves=tuple(item for item in centre.leaves if item != leave))

    return change


def _without_wish(wish: Wish) -> Callable[[Centre], Centre]:
    def change(centre: Centre) -> Centre:
        return replace(centre, wishes=tuple(item for item in centre.wishes if item != wish))

    return change


def _unlocked(agent: str, day: date) -> Callable[[Centre], Centre]:
    def change(centre: Centre) -> Centre:
        weeks = []
        for week in centre.weeks:
            if week.agent == agent:
                duties = (
                    replace(duty, locked=duty.locked and duty.day != day) for duty in week.duties
                )
                off = (item for item in week.locked_off if item != day)
                weeks.append(replace(week, duties=tuple(duties), locked_off=tuple(off)))
            else:
                weeks.append(week)
        return replace(centre, weeks=tuple(weeks))

    return change
