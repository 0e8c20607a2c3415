"""A fixed round of days on and off, such as four on and two off (4勤2休)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import OFF, Mask, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule

DAY_OFF, ANY_SHIFT = "off", "work"


@dataclass(frozen=True)
class Rotation(Rule):
    """Each day is what the contract's round of days says: a day off, a shift, or one of a kind.

    Days on which nobody could ask for work, and locked shifts, are left out.
    """

    key: ClassVar[str] = "rotation"
    label: ClassVar[Message] = message("Rotation")
    sentence: ClassVar[Message] = message("Days on and off follow the contract's rotation")

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Forbid what the round of days has not in its place."""
        own = context.own_options
        locked = {duty.day for duty in context.locked}
        masks = []
        for place, day in enumerate(context.horizon.dates):
            due = due_on(context, day)
            if due is None or day in locked or not context.is_open(day):
                continue
            kept = {n for n in own if due in (ANY_SHIFT, context.options[n].kind)}
            wrong = tuple(n for n in (OFF, *own) if n not in kept)
            if due == DAY_OFF:
                wrong = own
            if wrong and (kept or due == DAY_OFF):
                masks.append(Mask(self.ref(), place, wrong))
        return tuple(masks)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say which day."""
        return message("Not what the rotation says on {days}", days=days)


def due_on(context: RuleContext, day: date) -> str | None:
    """Return what an agent's rotation says of a day; ``None`` without one."""
    steps = context.contract.rotation
    start = context.agent.rotation_start or context.contract.rotation_start
    if not steps or start is None:
        return None
    return steps[(day - start).days % len(steps)]
