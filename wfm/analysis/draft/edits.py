"""What a planner does to a week by hand, each as a change or a sentence why it cannot be.

Work rules may be broken by hand (the draft then shows them); what cannot be at all, such as two
shifts at once or a shift on a day of leave, raises :class:`~wfm.errors.WfmError`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from wfm.analysis.draft.breaks import fitted, shifted, snapped
from wfm.analysis.draft.draft import AgentChange, DraftChange, WeekDraft
from wfm.analysis.draft.shaping import break_price, kept_if_unusual, new_duty, reshaped
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.activity import ShiftKind
from wfm.model.roster import Duty
from wfm.model.time import format_clock

STEP, FINE_STEP = 15, 5
"""Minutes that a shift moves by, and by which with the modifier key."""


@dataclass(frozen=True, slots=True)
class Move:
    """Where a shift goes: minutes and days from where it is, and whom to (empty: who has it)."""

    duty: Duty
    minutes: int = 0
    days: int = 0
    agent: str = ""


def move(
    draft: WeekDraft, moves: Sequence[Move], step: int = STEP, *, copy: bool = False
) -> DraftChange:
    """Move shifts at once, or copies of them; starts snap to multiples of ``step``."""
    added = []
    for item in moves:
        duty, agent = item.duty, item.agent or item.duty.agent
        start = snapped(duty.start + item.minutes, step) if item.minutes else duty.start
        day = duty.day + timedelta(days=item.days)
        made = reshaped(draft.facts, duty, agent, day, (start, start + duty.span_minutes))
        added.append(_unlocked(draft, made) if copy else made)
    removed = () if copy else tuple(item.duty for item in moves)
    words = _copy_words if copy else _move_words
    return _changing(draft, removed, added, words(draft, [item.duty for item in moves], added))


def resize(
    draft: WeekDraft,
    duty: Duty,
    *,
    start: int | None = None,
    end: int | None = None,
    step: int = STEP,
) -> DraftChange:
    """Give a shift another start or end, snapped to multiples of ``step``."""
    first = duty.start if start is None else snapped(start, step)
    last = duty.end if end is None else snapped(end, step)
    return set_times(draft, duty, first, last)


def set_times(draft: WeekDraft, duty: Duty, start: int, end: int) -> DraftChange:
    """Give a shift exactly these times."""
    made = reshaped(draft.facts, duty, duty.agent, duty.day, (start, end))
    text = message(
        "Change the shift of {agent} on {day} to {start}-{end}",
        agent=draft.facts.name(duty.agent),
        day=duty.day,
        start=format_clock(start),
        end=format_clock(end),
    )
    return _changing(draft, (duty,), (made,), text)


def move_break(
    draft: WeekDraft, duty: Duty, place: int, minutes: int, step: int = STEP
) -> DraftChange:
    """Move one break (its position in order of time) within its shift."""
    breaks = sorted(duty.breaks, key=lambda item: item.start)
    made = shifted(duty, place, snapped(breaks[place].start + minutes, step))
    return _changing(
        draft, (duty,), (kept_if_unusual(draft.facts, made),), _break_words(draft, duty)
    )


def settle_breaks(draft: WeekDraft, duties: Sequence[Duty]) -> DraftChange:
    """Put the breaks of shifts where coverage lacks them least; hand-made breaks stay."""
    state, removed, added = draft, [], []
    for duty in duties:
        kind = draft.facts.kinds.get(duty.kind)
        price = break_price(state, duty.agent, duty.day, duty.start)
        if kind is None or price is None or len(kind.breaks) != len(duty.breaks):
            continue
        slot = draft.horizon.slot_minutes
        breaks = fitted(kind.breaks, duty.start, duty.end, slot, price, gap=kind.break_gap)
        if breaks is None or breaks == duty.breaks:
            continue
        made = kept_if_unusual(draft.facts, replace(duty, breaks=breaks))
        step = _changing(state, (duty,), (made,), _break_words(draft, duty))
        effect = state.effect(step.changes)
        if _weight(effect.after, duty.agent) < _weight(effect.before, duty.agent):
            state = effect.after
            removed.append(duty)
            added.append(made)
    count = len(added)
    text = message(
        "Move the breaks of {count} shift", plural="Move the breaks of {count} shifts", count=count
    )
    return _changing(draft, removed, added, text)


def _weight(draft: WeekDraft, agent: str) -> tuple[int, float]:
    """Return how many hard rules a person's week breaks, and the cost of everything."""
    return sum(item.hard for item in draft.broken.get(agent, ())), draft.cost


def place(
    draft: WeekDraft, agent: str, day: date, kind: ShiftKind, span: tuple[int, int] | None = None
) -> DraftChange:
    """Add a shift of a kind where the day needs it most, or at the span given."""
    made = new_duty(draft, agent, day, kind, span)
    return _changing(draft, (), (made,), _add_words(draft, made))


def place_times(draft: WeekDraft, agent: str, day: date, start: int, end: int) -> DraftChange:
    """Add a shift with exactly these times, of the kind of the contract that has them.

    Where none has, it is of the kind nearest in start, and locked.
    """
    kinds = draft.facts.kinds_of(agent)
    if not kinds:
        raise WfmError(
            message(
                "The contract of {agent} has no shift kind. Give it one first.",
                agent=draft.facts.name(agent),
            )
        )
    near = min(kinds, key=lambda kind: min(abs(start - at) for at in kind.starts))
    slot = draft.horizon.slot_minutes
    first = fitted(near.breaks, start, end, slot, gap=near.break_gap) or ()
    blank = Duty(agent, day, start, end, first, near.key, near.letter)
    made = reshaped(draft.facts, blank, agent, day, (start, end))
    return _changing(draft, (), (made,), _add_words(draft, made))


def put(draft: WeekDraft, cells: Sequence[tuple[str, date, Duty]]) -> DraftChange:
    """Paste shifts: each takes the place of whatever stands on its person's day."""
    added = [
        _unlocked(draft, reshaped(draft.facts, duty, agent, day, (duty.start, duty.end)))
        for agent, day, duty in cells
    ]
    targets = {(duty.agent, duty.day) for duty in added}
    removed = [
        duty for agent, _ in targets for duty in draft.of(agent) if (agent, duty.day) in targets
    ]
    text = message("Paste {count} shift", plural="Paste {count} shifts", count=len(added))
    return _changing(draft, tuple(dict.fromkeys(removed)), added, text)


def remove(draft: WeekDraft, duties: Sequence[Duty]) -> DraftChange:
    """Take shifts away."""
    if len(duties) == 1:
        text = _about(
            draft, duties[0], message("Remove the shift of {agent} on {day}", agent="", day="")
        )
    else:
        text = message("Remove {count} shift", plural="Remove {count} shifts", count=len(duties))
    return _changing(draft, duties, (), text)


def lock(draft: WeekDraft, duties: Sequence[Duty], locked: bool) -> DraftChange:
    """Lock shifts, which keeps a build from moving them, or unlock them."""
    changed = [duty for duty in duties if duty.locked != locked]
    added = [replace(duty, locked=locked) for duty in changed]
    count = len(changed)
    if count == 1:
        one = message("Lock the shift of {agent} on {day}", agent="", day="")
        other = message("Unlock the shift of {agent} on {day}", agent="", day="")
        text = _about(draft, changed[0], one if locked else other)
    elif locked:
        text = message("Lock {count} shift", plural="Lock {count} shifts", count=count)
    else:
        text = message("Unlock {count} shift", plural="Unlock {count} shifts", count=count)
    return _changing(draft, changed, added, text)


def lock_off(draft: WeekDraft, cells: Sequence[tuple[str, date]], locked: bool) -> DraftChange:
    """Lock days without shift as days off, which a build then leaves free, or unlock them."""
    days: dict[str, set[date]] = defaultdict(set)
    for agent, day in cells:
        if draft.on(agent, day) is None:
            days[agent].add(day)
    changes = []
    for agent, chosen in days.items():
        off = draft.off(agent)
        after = off | chosen if locked else off - chosen
        duties = draft.of(agent)
        changes.append(AgentChange(agent, duties, duties, off, frozenset(after)))
    count = sum(len(chosen) for chosen in days.values())
    text = message("Lock {count} day off", plural="Lock {count} days off", count=count)
    if not locked:
        text = message("Unlock {count} day off", plural="Unlock {count} days off", count=count)
    return DraftChange(tuple(changes), text)


def swap(draft: WeekDraft, one: Duty, other: Duty) -> DraftChange:
    """Let two people exchange shifts."""
    if one.agent == other.agent:
        raise WfmError(message("Choose two shifts of different people to swap them."))
    span = (one.start, one.end), (other.start, other.end)
    added = (
        reshaped(draft.facts, one, other.agent, one.day, span[0]),
        reshaped(draft.facts, other, one.agent, other.day, span[1]),
    )
    text = message(
        "Swap the shifts of {agent} and {other}",
        agent=draft.facts.name(one.agent),
        other=draft.facts.name(other.agent),
    )
    return _changing(draft, (one, other), added, text)


# --- putting a change together -----------------------------------------------------------------


def _unlocked(draft: WeekDraft, duty: Duty) -> Duty:
    """Return a copied shift without the lock of its model, unless it needs one itself."""
    return kept_if_unusual(draft.facts, replace(duty, locked=False))


def _changing(
    draft: WeekDraft, removed: Sequence[Duty], added: Sequence[Duty], text: Message
) -> DraftChange:
    """Return the change of everybody touched; raises when somebody's week cannot be so."""
    changes = []
    for agent in dict.fromkeys(duty.agent for duty in (*removed, *added)):
        standing = draft.facts.people.get(agent)
        if standing is None:
            raise WfmError(message("{agent} is not in this week's roster.", agent=agent))
        before = draft.of(agent)
        kept = [duty for duty in before if duty not in removed]
        after = sorted(
            [*kept, *(duty for duty in added if duty.agent == agent)],
            key=lambda duty: (duty.day, duty.start),
        )
        standing.check(draft.horizon.dates, before, after, draft.off(agent))
        off = draft.off(agent)
        changes.append(AgentChange(agent, before, tuple(after), off, off))
    return DraftChange(tuple(changes), text, tuple(added))


# --- words of operations -------------------------------------------------------------------------


def _about(draft: WeekDraft, duty: Duty, text: Message) -> Message:
    """Fill a sentence's ``agent`` and ``day`` from a shift."""
    values = {"agent": draft.facts.name(duty.agent), "day": duty.day}
    return replace(text, values={**text.values, **values})


def _add_words(draft: WeekDraft, duty: Duty) -> Message:
    return _about(draft, duty, message("Add a shift for {agent} on {day}", agent="", day=""))


def _break_words(draft: WeekDraft, duty: Duty) -> Message:
    return _about(draft, duty, message("Move a break of {agent} on {day}", agent="", day=""))


def _copy_words(draft: WeekDraft, _old: Sequence[Duty], new: Sequence[Duty]) -> Message:
    if len(new) == 1:
        return _add_words(draft, new[0])
    return message("Copy {count} shift", plural="Copy {count} shifts", count=len(new))


def _move_words(draft: WeekDraft, old: Sequence[Duty], new: Sequence[Duty]) -> Message:
    if len(new) != 1:
        return message("Move {count} shift", plural="Move {count} shifts", count=len(new))
    before, after = old[0], new[0]
    if before.agent != after.agent:
        text = message(
            "Give the shift of {agent} on {day} to {other}",
            agent="",
            day="",
            other=draft.facts.name(after.agent),
        )
    elif before.day != after.day:
        text = message(
            "Move the shift of {agent} from {day} to {other}", agent="", day="", other=after.day
        )
    else:
        text = message(
            "Move the shift of {agent} on {day} to {start}-{end}",
            agent="",
            day="",
            start=format_clock(after.start),
            end=format_clock(after.end),
        )
    return _about(draft, before, text)
