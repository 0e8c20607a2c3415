"""Whole days off after a run of night shifts (夜勤明けの休日)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Automaton, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.machines import after_past, broken
from wfm.rules.rule import Rule

_FREE, _NIGHT, _OVERNIGHT = range(3)


@dataclass(frozen=True)
class RestAfterNights(Rule):
    """After the last night shift of a run come ``days`` calendar days without any work.

    The day on whose morning the night shift ends (明け) is none of them.
    """

    key: ClassVar[str] = "rest_after_nights"
    label: ClassVar[Message] = message("Days off after night shifts")
    sentence: ClassVar[Message] = message(
        "At least {days} whole days off after the last night shift (empty: none)", days="{days}"
    )

    days: int | None = field(
        default=None, metadata={"label": message("Fewest days"), "unit": "d", "low": 1, "high": 4}
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return a machine that waits after a night for the days off to pass."""
        if self.days is None:
            return ()
        rows = waiting_rows(self.days)
        start = after_past(context, rows, _FREE, "night_class")
        return (Automaton(self.ref(days=self.days), "night_class", start, rows),)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say which shift comes too early."""
        return message(
            "The shift of {days} comes before {least} whole days off after a night shift",
            days=days,
            least=violation.rule.numbers.get("days", 0),
        )


def waiting_rows(days: int) -> tuple[tuple[int, ...], ...]:
    """Return the rows: free, after a night of its own date, after one into the next, and waiting.

    State ``2 + n`` waits for ``n`` more days off.
    """

    def wait(left: int) -> int:
        return 2 + left if left else _FREE

    early = (broken(_FREE), broken(_NIGHT), broken(_OVERNIGHT))
    return (
        (_FREE, _FREE, _NIGHT, _OVERNIGHT),
        (wait(days - 1), early[0], _NIGHT, _OVERNIGHT),
        (wait(days), early[0], _NIGHT, _OVERNIGHT),
        *((wait(left - 1), *early) for left in range(1, days + 1)),
    )
