"""What a planner sets for a queue, in a planner's units, and what is wrong with it in words.

Which fields a channel has follows from how it is staffed: contacts that wait now have service
goals, deferrable work a response time, outbound work only how busy agents may be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from wfm.errors import Problem, ProblemsError
from wfm.messages import Message, message
from wfm.model.workload import SERVICE_LEVEL_DEFINITIONS, Goal, Queue

LIVE_FIELDS = (
    "service_level", "threshold_s", "definition", "answer_rate", "asa_s", "patience_s",
)  # fmt: skip
COMMON_FIELDS = ("max_occupancy", "shrinkage")
CHANNEL_FIELDS: dict[str, tuple[str, ...]] = {
    "phone": (*LIVE_FIELDS, *COMMON_FIELDS),
    "chat": (*LIVE_FIELDS, "concurrency", *COMMON_FIELDS),
    "mail": ("response_minutes", *COMMON_FIELDS),
    "social": ("response_minutes", *COMMON_FIELDS),
    "outbound": COMMON_FIELDS,
}
"""Channel → fields that its staffing uses, in the order a form shows them."""

LONGEST_S = 86_400.0
LONGEST_RESPONSE_MIN = 14 * 1440

_SERVICE_LEVEL = message("Service level")
_ANSWER_RATE = message("Answer rate")
_ASA = message("Average speed of answer")
_PERCENT, _SECONDS = "%", "s"
DEFINITION_NAMES = {
    "answered_of_offered": message("Answered in time ÷ offered"),
    "short_abandons_excluded": message("… ÷ offered, without those given up in time"),
    "abandons_counted": message("Answered or given up in time ÷ offered"),
    "answered_of_answered": message("Answered in time ÷ answered"),
}
"""What a service level may count, as planners choose it."""


def _asked(label: Message, unit: str, low: float, high: float, note: Message | None = None) -> Any:
    """Return the metadata of a number: what it is called, its unit and its bounds."""
    found: dict[str, Any] = {"label": label, "unit": unit, "low": low, "high": high}
    return found if note is None else found | {"help": note}


@dataclass(frozen=True, slots=True)
class GoalSheet:
    """Goals of one queue: shares in percent, ``None`` for a goal that is not set.

    ``service_level`` % within ``threshold_s`` by ``definition``; ``answer_rate`` % answered;
    ``asa_s`` longest mean wait; ``patience_s`` ``None``: nobody gives up waiting (Erlang C).
    """

    service_level: float | None = field(
        default=80.0, metadata=_asked(_SERVICE_LEVEL, _PERCENT, 1, 99.99)
    )
    threshold_s: float = field(
        default=20.0, metadata=_asked(message("… answered within"), _SECONDS, 0, LONGEST_S)
    )
    definition: str = field(
        default=SERVICE_LEVEL_DEFINITIONS[0],
        metadata={
            "label": message("… counts"),
            "choices": tuple(DEFINITION_NAMES.items()),
        },
    )
    answer_rate: float | None = field(
        default=None, metadata=_asked(_ANSWER_RATE, _PERCENT, 1, 99.99)
    )
    asa_s: float | None = field(default=None, metadata=_asked(_ASA, _SECONDS, 0.1, LONGEST_S))
    patience_s: float | None = field(
        default=180.0,
        metadata=_asked(
            message("Patience"), _SECONDS, 1, LONGEST_S,
            message("Mean time until a caller gives up; empty: nobody does (Erlang C)"),
        ),
    )  # fmt: skip
    max_occupancy: float = field(
        default=100.0, metadata=_asked(message("Highest occupancy"), _PERCENT, 10, 100)
    )
    shrinkage: float = field(
        default=0.0,
        metadata=_asked(
            message("Shrinkage"), _PERCENT, 0, 90,
            message("Beyond the breaks and training that the roster plans itself"),
        ),
    )  # fmt: skip
    concurrency: int = field(default=1, metadata=_asked(message("Chats at once"), "", 1, 20))
    response_minutes: int = field(
        default=0,
        metadata=_asked(message("Response time"), "min", 0, LONGEST_RESPONSE_MIN),
    )


@dataclass(frozen=True, slots=True)
class Preset:
    """Usual goals under the name planners know them by."""

    key: str
    name: Message
    service_level: float | None = None
    threshold_s: float = 20.0
    answer_rate: float | None = None

    def applied(self, sheet: GoalSheet) -> GoalSheet:
        """Return the sheet with these goals and no others; everything else stays."""
        return replace(
            sheet,
            service_level=self.service_level,
            threshold_s=self.threshold_s if self.service_level else sheet.threshold_s,
            answer_rate=self.answer_rate,
            asa_s=None,
        )


PRESETS: tuple[Preset, ...] = (
    Preset("80/20", message("80/20", context="goal preset"), 80.0, 20.0),
    Preset("90/20", message("90/20", context="goal preset"), 90.0, 20.0),
    Preset("80/30", message("80/30", context="goal preset"), 80.0, 30.0),
    Preset("answer90", message("Answer rate 90 %", context="goal preset"), answer_rate=90.0),
    Preset("answer95", message("Answer rate 95 %", context="goal preset"), answer_rate=95.0),
)


def goal_sheet(queue: Queue) -> GoalSheet:
    """Return a queue's goals in a planner's units."""
    by_kind = {goal.kind: goal for goal in reversed(queue.goals)}
    level, rate, asa = (by_kind.get(kind) for kind in ("service_level", "answer_rate", "asa"))
    usual = GoalSheet()
    return GoalSheet(
        service_level=None if level is None else _percent(level.target),
        threshold_s=usual.threshold_s if level is None else level.threshold_s,
        definition=usual.definition if level is None else level.definition,
        answer_rate=None if rate is None else _percent(rate.target),
        asa_s=None if asa is None else asa.target,
        patience_s=queue.patience_s,
        max_occupancy=_percent(queue.max_occupancy),
        shrinkage=_percent(queue.shrinkage),
        concurrency=queue.concurrency,
        response_minutes=queue.response_minutes,
    )


def sheet_problems(sheet: GoalSheet, channel: str) -> tuple[Problem, ...]:
    """Return what is wrong with a sheet, each problem at the field it is about."""
    asked = CHANNEL_FIELDS[channel]
    return tuple(item for item in _problems(sheet) if item.column in asked)


def with_goals(queue: Queue, sheet: GoalSheet) -> Queue:
    """Return the queue with the sheet's goals; fields that its channel lacks stay as they are.

    Raises :class:`~wfm.errors.ProblemsError` listing everything that is wrong.
    """
    problems = sheet_problems(sheet, queue.channel)
    if problems:
        raise ProblemsError(
            message("The goals of {queue} were not kept.", queue=queue.name or queue.key), problems
        )
    asked = CHANNEL_FIELDS[queue.channel]
    changed = replace(
        queue, shrinkage=_share(sheet.shrinkage), max_occupancy=_share(sheet.max_occupancy)
    )
    if "service_level" in asked:
        changed = replace(changed, goals=_goals(sheet), patience_s=sheet.patience_s)
    if "concurrency" in asked:
        changed = replace(changed, concurrency=int(sheet.concurrency))
    if "response_minutes" in asked:
        changed = replace(changed, response_minutes=int(sheet.response_minutes))
    return changed


def _goals(sheet: GoalSheet) -> tuple[Goal, ...]:
    goals = []
    if sheet.answer_rate is not None:
        goals.append(Goal("answer_rate", _share(sheet.answer_rate), 0.0))
    if sheet.service_level is not None:
        goals.append(
            Goal("service_level", _share(sheet.service_level), sheet.threshold_s, sheet.definition)
        )
    if sheet.asa_s is not None:
        goals.append(Goal("asa", sheet.asa_s, 0.0))
    return tuple(goals)


def _problems(sheet: GoalSheet) -> Iterator[Problem]:
    """Yield what is wrong, in the order of a form."""
    for item in fields(sheet):
        value = getattr(sheet, item.name)
        if "low" in item.metadata and value is not None:
            yield from _out_of_bounds(item.name, value, item.metadata)
    if sheet.definition not in SERVICE_LEVEL_DEFINITIONS:
        yield Problem(message("Choose what the service level counts."), column="definition")
    if sheet.patience_s is None and sheet.answer_rate is not None:
        yield Problem(
            message("An answer rate needs a patience: without one nobody ever gives up."),
            column="patience_s",
        )
    if _has_no_goal(sheet):
        yield Problem(
            message("Set at least one goal, or a highest occupancy below 100 %."),
            column="service_level",
        )


def _out_of_bounds(name: str, value: float, known: Mapping[str, Any]) -> Iterator[Problem]:
    low, high = known["low"], known["high"]
    whole = not isinstance(getattr(GoalSheet(), name), int) or value == int(value)
    if not low <= value <= high or not whole:
        yield Problem(
            message("{field}: enter {low} to {high}.", field=known["label"], low=low, high=high),
            column=name,
            value=f"{value:g}",
        )


def _has_no_goal(sheet: GoalSheet) -> bool:
    none = sheet.service_level is None and sheet.answer_rate is None and sheet.asa_s is None
    return none and sheet.max_occupancy >= 100


def _percent(share: float) -> float:
    return round(share * 100, 4)


def _share(percent: float) -> float:
    return round(percent / 100, 6)
