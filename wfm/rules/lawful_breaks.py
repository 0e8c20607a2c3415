"""Breaks that the law asks for within a shift (休憩)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.problem import Option
from wfm.model.roster import PlacedBreak
from wfm.model.rule import Mask, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.options import break_faults
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class LawfulBreaks(Rule):
    """Unpaid breaks inside the shift, long enough for the work around them."""

    key: ClassVar[str] = "lawful_breaks"
    label: ClassVar[Message] = message("Breaks by law")
    sentence: ClassVar[Message] = message(
        "Above 6 h of work at least {above_6h} min of break, above 8 h at least {above_8h} min",
        above_6h="{above_6h}",
        above_8h="{above_8h}",
    )
    statutory: ClassVar[dict[str, int]] = {"above_6h": 1, "above_8h": 1}

    above_6h: int = field(
        default=45,
        metadata={"label": message("Above 6 h of work"), "unit": "min", "low": 0, "high": 120},
    )
    above_8h: int = field(
        default=60,
        metadata={"label": message("Above 8 h of work"), "unit": "min", "low": 0, "high": 180},
    )

    @property
    def law(self) -> tuple[tuple[int, int], ...]:
        """(work above, least break) in minutes, longest work first."""
        return ((480, self.above_8h), (360, self.above_6h))

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Forbid the options whose breaks are too short or at an edge, on every day."""
        wrong = tuple(
            n
            for n in context.own_options
            if break_faults(
                context.options[n].start,
                context.options[n].end,
                tuple(placed_at_earliest(context.options[n])),
                self.law,
            )
        )
        ref = self.ref(above_6h=self.above_6h, above_8h=self.above_8h)
        return tuple(Mask(ref, place, wrong) for place in range(context.horizon.days) if wrong)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say what the law asks for."""
        return message(
            "Too little break on {days}: above 6 h of work {six} min, above 8 h {eight} min",
            days=days,
            six=violation.rule.numbers.get("above_6h", 45),
            eight=violation.rule.numbers.get("above_8h", 60),
        )


def placed_at_earliest(option: Option) -> Iterator[PlacedBreak]:
    """Yield an option's breaks, each at the earliest minute it may begin."""
    for rule in option.breaks:
        yield PlacedBreak(option.start + rule.earliest, rule.length, rule.paid, rule.split)
