"""Weekends that are worked whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Automaton, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule
from wfm.rules.weekends_of import weekends

_BEGINS, _OFF, _WORKED, _WHOLE, _HALF = range(5)
_ROWS = (
    (_OFF, _WORKED),
    (_WHOLE, _HALF),
    (_HALF, _WHOLE),
    (_WHOLE, _WHOLE),
    (_HALF, _HALF),
)


@dataclass(frozen=True)
class WholeWeekends(Rule):
    """Saturday and Sunday are both worked or both off.

    A weekend with a day on which nobody could ask for work (leave, no available hours) is left
    out, as is one whose Sunday lies beyond the horizon.
    """

    key: ClassVar[str] = "whole_weekends"
    label: ClassVar[Message] = message("Whole weekends")
    sentence: ClassVar[Message] = message(
        "{whole} Weekends are worked whole or not at all", whole="{whole}"
    )

    whole: int = field(
        default=0,
        metadata={
            "label": message("Whole weekends"),
            "unit": "",
            "form": "switch",
            "low": 0,
            "high": 1,
        },
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return one small machine per weekend; it must end in the state of a whole one."""
        machines = []
        for item in weekends(context) if self.whole else ():
            sunday = context.horizon.day_index(item.days[1])
            if not 0 <= sunday < context.horizon.days or not all(map(context.is_open, item.days)):
                continue
            start = _BEGINS
            if len(item.places) == 1:
                if not context.past:
                    continue
                start = _WORKED if item.worked else _OFF
            machines.append(
                Automaton(self.ref(), "duties", start, _ROWS, (_WHOLE,), days=item.places)
            )
        return tuple(machines)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say which weekend is half."""
        return message("Only one day of the weekend of {days} is worked", days=days)
