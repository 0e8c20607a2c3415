"""Wishes have a price: granting them is weighed against coverage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import OFF, Mask, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class Wishes(Rule):
    """What goes against a wish costs its weight; against “cannot” it is forbidden.

    Where a shift is locked, it costs its weight, too.
    """

    key: ClassVar[str] = "wish"
    label: ClassVar[Message] = message("Wish")
    sentence: ClassVar[Message] = message(
        "Wishes are granted where the coverage allows it, “cannot” always"
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Price or forbid the choices that go against each wish."""
        masks = []
        locked = {duty.day for duty in context.locked}
        for wish in context.wishes:
            place = context.horizon.day_index(wish.day)
            if not 0 <= place < context.horizon.days:
                continue
            against = tuple(
                n for n in context.own_options
                if not wish.grants((context.options[n].start, context.options[n].end))
            )  # fmt: skip
            if not wish.grants(None) and context.is_open(wish.day):
                against = (OFF, *against)
            hard = wish.kind == "cannot" and wish.day not in locked
            ref = self.ref(**({"cannot": 1} if wish.kind == "cannot" else {}))
            if against:
                masks.append(Mask(ref, place, against, price=None if hard else wish.weight))
        return tuple(masks)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say which day's wish."""
        if "cannot" in violation.rule.numbers:
            return message("Cannot work these hours (×) on {days}", days=days)
        return message("Wish not granted on {days}", days=days)
