"""Who could help without breaking a hard rule: for a shortage, and for a shift to be handed on.

People are tried one after the other, so that a front end can look for some, paint, and go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wfm.analysis.draft.draft import DraftChange, WeekDraft
from wfm.analysis.draft.edits import Move, move, place
from wfm.analysis.draft.shaping import ranked_spans
from wfm.analysis.draft.shortage import Shortage
from wfm.errors import WfmError
from wfm.model.activity import ShiftKind
from wfm.model.roster import Duty

MOST_TRIED = 6
"""Shifts tried per person, the most useful first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could take a shift: the change, what it costs (negative: saves), hours left.

    ``headroom`` are the minutes that the person may still work in the week afterwards.
    """

    agent: str
    change: DraftChange
    cost: float
    headroom: int

    @property
    def duty(self) -> Duty:
        """The shift the person would have."""
        return next(duty for duty in self.change.duties if duty.agent == self.agent)


def fillers(draft: WeekDraft, shortage: Shortage) -> Iterator[Candidate | None]:
    """Yield for each person a shift that eases a shortage, or ``None`` where there is none."""
    for agent in draft.facts.people:
        yield _filler(draft, shortage, agent)


def takers(draft: WeekDraft, duty: Duty) -> Iterator[Candidate | None]:
    """Yield for each person how they would take over a shift, or ``None`` where they cannot."""
    for agent in draft.facts.people:
        yield None if agent == duty.agent else _taker(draft, duty, agent)


def resting(draft: WeekDraft, shortage: Shortage, most: int = 60) -> tuple[Duty, ...]:
    """Return shifts with a break in a shortage, of people who have a skill that lacks."""
    found = []
    for agent, duties in draft.duties.items():
        duty = next((duty for duty in duties if duty.day == shortage.day), None)
        if duty is None or not _skilled(draft, agent, shortage):
            continue
        if any(_overlap((item.start, item.end), shortage) > 0 for item in duty.breaks):
            found.append(duty)
        if len(found) == most:
            break
    return tuple(found)


def best_first(found: list[Candidate]) -> list[Candidate]:
    """Return candidates by what they save, then by the hours they have left."""
    return sorted(found, key=lambda item: (round(item.cost), -item.headroom))


def _filler(draft: WeekDraft, shortage: Shortage, agent: str) -> Candidate | None:
    if not _free(draft, agent, shortage) or not _skilled(draft, agent, shortage):
        return None
    kinds = draft.facts.kinds_of(agent)
    spans = ranked_spans(draft, agent, shortage.day, kinds)
    useful = sorted(
        (span for span in spans if _overlap(span, shortage) > 0),
        key=lambda span: -_overlap(span, shortage),
    )
    for span in useful[:MOST_TRIED]:
        kind = next(kind for kind in kinds if _has(kind, span))
        try:
            change = place(draft, agent, shortage.day, kind, span)
        except WfmError:
            continue
        if _lawful(draft, change, agent):
            return _candidate(draft, change, agent)
    return None


def _taker(draft: WeekDraft, duty: Duty, agent: str) -> Candidate | None:
    if draft.on(agent, duty.day) is not None:
        return None
    try:
        change = move(draft, [Move(duty, agent=agent)])
    except WfmError:
        return None
    given = next(item for item in change.duties if item.agent == agent)
    if given.locked and not duty.locked:  # no shift of this person's contract
        return None
    return _candidate(draft, change, agent) if _lawful(draft, change, agent) else None


def _candidate(draft: WeekDraft, change: DraftChange, agent: str) -> Candidate:
    effect = draft.effect(change.changes)
    cost = effect.after.cost - effect.before.cost
    return Candidate(agent, change, cost, effect.after.headroom(agent))


def _lawful(draft: WeekDraft, change: DraftChange, agent: str) -> bool:
    """Tell whether a person's week breaks no hard rule that it does not break already."""
    judge = draft.facts.judge
    own = next(item for item in change.changes if item.agent == agent)
    if judge is None:
        return True
    known = {item.rule for item in draft.broken.get(agent, ()) if item.hard}
    found = judge.broken(agent, own.after, own.off_after)
    return all(item.rule in known for item in found if item.hard)


def _free(draft: WeekDraft, agent: str, shortage: Shortage) -> bool:
    return draft.on(agent, shortage.day) is None and shortage.day not in draft.off(agent)


def _skilled(draft: WeekDraft, agent: str, shortage: Shortage) -> bool:
    worker = None if draft.live is None else draft.live.workers.get(agent)
    return worker is not None and not frozenset(worker.skills).isdisjoint(shortage.skills)


def _overlap(span: tuple[int, int], shortage: Shortage) -> int:
    return min(span[1], shortage.end) - max(span[0], shortage.start)


def _has(kind: ShiftKind, span: tuple[int, int]) -> bool:
    return span[0] in kind.starts and span[1] - span[0] in kind.lengths
