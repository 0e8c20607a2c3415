"""What would mend a broken rule: the nearest other start of the shift, or a day off."""

from __future__ import annotations

from dataclasses import dataclass

from wfm.analysis.draft.draft import DraftChange, WeekDraft
from wfm.analysis.draft.edits import Move, move, remove, settle_breaks
from wfm.analysis.draft.judge import Broken
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.roster import Duty

FURTHEST = 360
"""Minutes by which a shift is moved at most to mend a rule."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that mends a broken rule and breaks no other hard one, in words."""

    text: Message
    change: DraftChange


def fixes(draft: WeekDraft, broken: Broken) -> tuple[Fix, ...]:
    """Return what would mend a broken rule, the gentlest first; empty where nothing simple does."""
    duties = [duty for duty in draft.of(broken.agent) if duty.day in broken.days]
    found = []
    if len(broken.days) == 1 and duties:
        found = [_breaks(draft, broken, duties[0]), _later(draft, broken, duties[0])]
    found.append(_day_off(draft, broken, duties))
    return tuple(fix for fix in found if fix is not None)[:2]


def _breaks(draft: WeekDraft, broken: Broken, duty: Duty) -> Fix | None:
    change = settle_breaks(draft, [duty])
    if change.empty or not _mends(draft, broken, change):
        return None
    return Fix(message("Put its breaks in order"), change)


def _later(draft: WeekDraft, broken: Broken, duty: Duty) -> Fix | None:
    """Return the nearest start of the same kind at which the rule is kept."""
    kind = draft.facts.kinds.get(duty.kind)
    starts = set() if kind is None else set(kind.starts)
    for start in sorted(starts, key=lambda start: (abs(start - duty.start), start)):
        minutes = start - duty.start
        if minutes == 0 or abs(minutes) > FURTHEST:
            continue
        try:
            change = move(draft, [Move(duty, minutes)], step=1)
        except WfmError:
            continue
        if _mends(draft, broken, change):
            return Fix(_by(minutes), change)
    return None


def _day_off(draft: WeekDraft, broken: Broken, duties: list[Duty]) -> Fix | None:
    """Return the day off that costs least and mends the rule, where one is enough."""
    best: tuple[float, Fix] | None = None
    for duty in duties:
        change = remove(draft, [duty])
        if not _mends(draft, broken, change):
            continue
        cost = draft.effect(change.changes).after.cost
        if best is None or cost < best[0]:
            best = cost, Fix(message("A day off on {day} resolves it", day=duty.day), change)
    return None if best is None else best[1]


def _mends(draft: WeekDraft, broken: Broken, change: DraftChange) -> bool:
    """Tell whether the rule is kept afterwards and no hard rule is broken that was not."""
    judge = draft.facts.judge
    if judge is None:
        return False
    own = change.changes[0]
    after = judge.broken(own.agent, own.after, own.off_after)
    known = {(item.rule, item.violation.days) for item in draft.broken.get(own.agent, ())}
    mended = (broken.rule, broken.violation.days)
    return all(
        (item.rule, item.violation.days) != mended
        and (not item.hard or (item.rule, item.violation.days) in known)
        for item in after
    )


def _by(minutes: int) -> Message:
    size = abs(minutes)
    if size % 60:
        if minutes > 0:
            return message("{minutes} min later resolves it", minutes=size)
        return message("{minutes} min earlier resolves it", minutes=size)
    if minutes > 0:
        return message("{hours} h later resolves it", hours=size // 60)
    return message("{hours} h earlier resolves it", hours=size // 60)
