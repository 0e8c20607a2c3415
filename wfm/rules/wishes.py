"""Wishes have a price: granting them is weighed against coverage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Mask, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class Wishes(Rule):
    """A wished day off, or a window in which to work, costs its weight when not granted."""

    key: ClassVar[str] = "wish"
    label: ClassVar[Message] = message("Wish")
    sentence: ClassVar[Message] = message("Wishes are granted where the coverage allows it")

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Price the options that go against each wish."""
        masks = []
        for wish in context.wishes:
            place = context.horizon.day_index(wish.day)
            if not 0 <= place < context.horizon.days:
                continue
            against = context.own_options
            if wish.kind != "off":
                against = tuple(
                    n
                    for n in against
                    if context.options[n].start < wish.start or context.options[n].end > wish.end
                )
            if against:
                masks.append(Mask(self.ref(), place, against, price=wish.weight))
        return tuple(masks)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say which day's wish."""
        return message("Wish not granted on {days}", days=days)
