"""Which queue each row belongs to: known queues, renamed ones, channels, files that name none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm.errors import WfmError
from wfm.imports.acd.outcome import Context
from wfm.imports.acd.table import Table, fill_down
from wfm.imports.aliases import channel_words, normal
from wfm.imports.options import Choices
from wfm.imports.reading import cell_text
from wfm.imports.workbook import Cell
from wfm.messages import message

ALL = "all"
LONGEST_NAME = 120
_UNTIL = re.compile(r"^(.*?)\s+until\s+(\d{4}-\d{2}-\d{2})$")


@dataclass(slots=True)
class QueueNames:
    """The queues met so far: index by key, names as written, channels as far as told."""

    keys: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)

    def index(self, key: str, name: str, channel: str) -> int:
        """Return the number of a queue, entering it when it is new."""
        if key not in self.keys:
            self.keys[key] = len(self.keys)
            self.names[key] = name
            if channel:
                self.channels[key] = channel
        return self.keys[key]


@dataclass(frozen=True, slots=True)
class Renames:
    """The mapping's queue renames: old name → (last day or ``None``, new key), dated ones first."""

    rules: dict[str, tuple[tuple[date | None, str], ...]]

    def key(self, name: str, day: int) -> str | None:
        """Return the key that a name has on a day (an ordinal), or ``None``."""
        for last, key in self.rules.get(normal(name), ()):
            if last is None or day <= last.toordinal():
                return key
        return None


def read_renames(choices: Choices) -> Renames:
    """Return the renames of a mapping; raises :class:`~wfm.errors.WfmError` for a wrong date."""
    rules: dict[str, list[tuple[date | None, str]]] = {}
    for option, key in choices.values.items():
        kind, _, old = option.partition(":")
        if kind != "queue" or not old:
            continue
        found = _UNTIL.match(old)
        try:
            last = date.fromisoformat(found[2]) if found else None
        except ValueError:
            raise WfmError(
                message("Mapping option {option} names no date.", option=option)
            ) from None
        rules.setdefault(normal(found[1] if found else old), []).append((last, key))
    return Renames(
        {
            name: tuple(sorted(items, key=lambda item: item[0] or date.max))
            for name, items in rules.items()
        }
    )


def read_queues(
    table: Table,
    days: NDArray[np.int64],
    choices: Choices,
    context: Context,
    names: QueueNames,
    default: str,
) -> NDArray[np.int64]:
    """Return the number of each row's queue in ``names``; shape ``(rows,)``.

    A queue with several channels becomes one queue per channel, unless the mapping sums them.
    """
    count = len(table.rows)
    queues: list[Cell] = fill_down(table, "queue") or [default] * count
    channels: list[Cell] = table.cells("channel") or [""] * count
    renames = read_renames(choices)
    known = {normal(item.name): item.key for item in context.queues} | {
        normal(item.key): item.key for item in context.queues
    }
    met = _channels_met(queues, channels) if choices.get("channels") != "sum" else {}
    dated = bool(renames.rules)
    numbers = np.zeros(count, np.int64)
    seen: dict[tuple[Cell, Cell, int], int] = {}
    for position in range(count):
        queue, channel = queues[position], channels[position]
        day = int(days[position]) if dated else 0
        key = (queue, channel, day)
        number = seen.get(key)
        if number is None:
            name = _name(queue, default)
            word = channel_words().get(normal(cell_text(channel)), "")
            several = len(met.get(queue, ())) > 1
            number = seen[key] = _enter(name, word, several, day, renames, known, names)
        numbers[position] = number
    return numbers


def _enter(
    name: str,
    channel: str,
    several: bool,
    day: int,
    renames: Renames,
    known: dict[str, str],
    names: QueueNames,
) -> int:
    """Return the number of a named queue."""
    found = renames.key(name, day)
    key = found or known.get(normal(name)) or name
    if several and channel and found is None:
        shown = f"{name} ({channel})"
        own = renames.key(shown, day) or known.get(normal(shown)) or f"{key}-{channel}"
        return names.index(own, shown, channel)
    return names.index(key, name, channel)


def _name(cell: Cell, default: str) -> str:
    """Return a queue's name on one line."""
    return " ".join(cell_text(cell).split())[:LONGEST_NAME] or default


def _channels_met(queues: list[Cell], channels: list[Cell]) -> dict[Cell, set[str]]:
    """Return the known channels that each queue appears with."""
    met: dict[Cell, set[str]] = {}
    for pair in set(zip(queues, channels, strict=True)):
        word = channel_words().get(normal(cell_text(pair[1])), "")
        if word:
            met.setdefault(pair[0], set()).add(word)
    return met
