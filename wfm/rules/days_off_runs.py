"""How many days off come together (連休)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Automaton, Primitive, Violation
from wfm.rules.context import RuleContext
from wfm.rules.machines import after_past, broken
from wfm.rules.rule import Rule


@dataclass(frozen=True)
class DaysOffRuns(Rule):
    """Days off come at least ``least`` and at most ``most`` in a row.

    Only days count on which the person could have been asked to work: leave in between makes no
    run too long, and a day off beside it is never too short.
    """

    key: ClassVar[str] = "days_off_runs"
    label: ClassVar[Message] = message("Days off in a row")
    sentence: ClassVar[Message] = message(
        "At least {least} and at most {most} days off in a row (empty: any number)",
        least="{least}",
        most="{most}",
    )

    least: int | None = field(
        default=None,
        metadata={"label": message("Fewest days off"), "unit": "d", "low": 2, "high": 4},
    )
    most: int | None = field(
        default=None,
        metadata={"label": message("Most days off"), "unit": "d", "low": 1, "high": 14},
    )

    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return a machine for each bound; its state is the number of days off so far."""
        return tuple(self._machines(context))

    def _machines(self, context: RuleContext) -> Iterator[Automaton]:
        if self.least is not None:
            short = [(run + 1, broken(0)) for run in range(1, self.least)]
            rows = ((1, 0), *short, (self.least, 0))
            for stretch in _stretches(context.open_places()):
                start = self.least
                if stretch[0] == 0:
                    start = after_past(
                        context, rows, self.least, "duties", context.is_open, renews=True
                    )
                yield Automaton(self.ref(least=self.least), "duties", start, rows, days=stretch)
        places = context.open_places() if self.most is not None else ()
        if self.most is not None and places:
            rows = tuple((run + 1 if run < self.most else -1, 0) for run in range(self.most + 1))
            start = after_past(context, rows, 0, "duties", context.is_open)
            yield Automaton(self.ref(most=self.most), "duties", start, rows, days=places)

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Say which day ends a run too early, or makes it too long."""
        if "least" in violation.rule.numbers:
            return message(
                "Back to work on {days} after fewer than {least} days off in a row",
                days=days,
                least=violation.rule.numbers["least"],
            )
        return message(
            "{days} is one day off more than {most} in a row",
            days=days,
            most=violation.rule.numbers.get("most", 0),
        )


def _stretches(places: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield the runs of consecutive places."""
    begins = [n for n, place in enumerate(places) if not n or place != places[n - 1] + 1]
    for first, after in pairwise([*begins, len(places)]):
        yield tuple(places[first:after])
