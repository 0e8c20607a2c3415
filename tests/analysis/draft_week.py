"""A small centre in memory whose week is edited: four people, three shift kinds, two skills."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from wfm.analysis.draft import WeekDraft
from wfm.model.activity import BreakRule, ShiftKind
from wfm.model.people import Agent, Availability, Contract, Leave, Skill, Wish
from wfm.model.roster import AgentWeek, Duty, PlacedBreak
from wfm.model.site import Site
from wfm.model.time import Horizon
from wfm.model.workload import Queue, Requirement
from wfm.services.centre import Centre
from wfm.services.editing import week_draft
from wfm.services.rostering import make_problem
from wfm.services.week import WeekState, judged

MONDAY = date(2026, 11, 30)
HORIZON = Horizon(MONDAY, 7, 15)
LUNCH, PAUSE = BreakRule(60, 180, 300), BreakRule(15, 75, 150, True)
EARLY = ShiftKind("early", "Early", "E", 480, 600, 30, (540,), (PAUSE, LUNCH))
LATE = ShiftKind("late", "Late", "L", 720, 780, 30, (540,), (PAUSE, LUNCH), "late")
SHORT = ShiftKind("short", "Short", "S", 540, 840, 30, (240, 300), (PAUSE,), "short")
KINDS = {kind.key: kind for kind in (EARLY, LATE, SHORT)}
FULL = Contract("full", "Full", ("early", "late"), 480, 0, 2400, 5)
PART = Contract("part", "Part", ("short",), 360, 0, 1200, 5)
PEOPLE = (
    Agent("a", "1", "Aoki", "", "full", {"phone": 2}, hired=date(2020, 1, 1)),
    Agent("b", "2", "Baba", "", "full", {"phone": 2, "mail": 2}),
    Agent("c", "3", "Chiba", "", "part", {"mail": 1}),
    Agent("d", "4", "Doi", "", "full", {"phone": 1}, left=MONDAY + timedelta(days=3)),
)


def day(place: int) -> date:
    """Return a day of the week; negative ones lie before it."""
    return MONDAY + timedelta(days=place)


def duty(agent: str, place: int, start: int = 540, kind: str = "early", **changes: Any) -> Duty:
    """Return a usual shift with its breaks at the first places of their windows."""
    shift = KINDS[kind]
    breaks = tuple(
        PlacedBreak(start + rule.earliest, rule.length, rule.paid) for rule in shift.breaks
    )
    values: dict[str, Any] = {
        "agent": agent, "day": day(place), "start": start, "end": start + shift.lengths[0],
        "breaks": breaks, "kind": kind, "letter": shift.letter,
    }  # fmt: skip
    return Duty(**(values | changes))


def state_needs(required: float) -> list[Requirement]:
    """Return so many agents for either skill, 8:00 to 21:00 of every day."""
    needed = np.zeros(HORIZON.slots)
    for place in range(7):
        needed[place * 96 + 32 : place * 96 + 84] = required
    return [Requirement(skill, skill, HORIZON, needed, needed) for skill in ("phone", "mail")]


def state_of(
    duties: Sequence[Duty],
    *,
    leaves: Sequence[Leave] = (),
    wishes: Sequence[Wish] = (),
    locked_off: Sequence[tuple[str, date]] = (),
    availabilities: Sequence[Availability] = (),
    required: float = 1.0,
    site: Site | None = None,
) -> WeekState:
    """Return the week as a screen gets it; past duties are among ``duties``."""
    weeks = []
    for person in PEOPLE:
        for start in (MONDAY - timedelta(days=7), MONDAY):
            days = {start + timedelta(days=place) for place in range(7)}
            own = sorted(
                (item for item in duties if item.agent == person.key and item.day in days),
                key=lambda item: (item.day, item.start),
            )
            off = tuple(at for key, at in locked_off if key == person.key and at in days)
            if own or off:
                weeks.append(AgentWeek(person.key, start, tuple(own), off))
    centre = Centre(
        site=site or Site("Test", slot_minutes=15),
        horizon=HORIZON,
        queues=(Queue("phone", "Phone", "phone"), Queue("mail", "Mail", "mail")),
        skills=(Skill("phone", "Phone"), Skill("mail", "Mail")),
        teams=(),
        contracts={item.key: item for item in (FULL, PART)},
        shift_kinds=KINDS,
        agents=PEOPLE,
        availabilities={item.agent: item for item in availabilities},
        leaves=tuple(leaves),
        wishes=tuple(wishes),
        balances={},
        special_days=(),
        holidays={},
        weeks=tuple(weeks),
    )
    return judged(centre, make_problem(centre, state_needs(required)))


def draft_of(duties: Sequence[Duty], **facts: Any) -> WeekDraft:
    """Return the week as a draft."""
    return week_draft(state_of(duties, **facts))
