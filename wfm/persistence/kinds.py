"""Which values are stored, under which key, by which day they are found: one entry each."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import numpy as np
from sqlalchemy import Boolean, Column, Date, Float, Integer, MetaData, String, Table

from wfm.model.activity import ShiftKind
from wfm.model.codec import from_json, to_json
from wfm.model.house_rule import HouseRule
from wfm.model.people import Agent, Availability, Balance, Contract, Leave, Skill, Team, Wish
from wfm.model.request import Request
from wfm.model.roster import AgentWeek
from wfm.model.site import ExportRecord, ImportMapping, RunRecord, Site
from wfm.model.workload import Forecast, HistoryDay, Queue, Requirement, SpecialDay
from wfm.persistence.columns import (
    FloatArray,
    FloatArrays,
    JsonText,
    Nested,
    PackedJson,
    pack_row,
    unpack_row,
)

metadata = MetaData()

SCALARS: dict[Any, Any] = {str: String, int: Integer, float: Float(53), bool: Boolean, date: Date}
MOST_REMEMBERED = 40_000
"""Rows of all kinds that are known again: eight weeks of 2,000 people, and what belongs to them."""

KEY, VERSION, DAY = "row_key", "row_version", "row_day"


def _by_key(value: Any) -> str:
    return str(value.key)


@dataclass(frozen=True)
class Kind:
    """How one class of the model is stored: a table with a column per field.

    ``key`` names a value; ``day`` is what ``since``/``until`` look at.  Arrays are compressed
    numbers, ``packed`` fields compressed JSON, other nested fields JSON text.  Equal rows of a
    ``remembered`` kind are read as one and the same value, which is decoded once.
    """

    name: str
    value: type
    key: Callable[[Any], str] = _by_key
    day: Callable[[Any], date] | None = None
    packed: tuple[str, ...] = ()
    remembered: bool = True

    @cached_property
    def hints(self) -> dict[str, Any]:
        """Field → type."""
        known = get_type_hints(self.value)
        return {item.name: known[item.name] for item in dataclasses.fields(self.value)}

    @cached_property
    def table(self) -> Table:
        """The table, declared once in the metadata."""
        columns: list[Column[Any]] = [
            Column(KEY, String, primary_key=True),
            Column(VERSION, Integer, nullable=False),
        ]
        if self.day is not None:
            columns.append(Column(DAY, Date, nullable=False, index=True))
        for name, hint in self.hints.items():
            optional = NoneType in get_args(hint)
            columns.append(Column(name, self._column_type(name), nullable=optional))
        return Table(self.name, metadata, *columns)

    @cached_property
    def scalars(self) -> dict[str, Any]:
        """Column type of each plain field, ``None`` for a nested one."""
        found = {}
        for name, hint in self.hints.items():
            members = [item for item in get_args(hint) if item is not NoneType]
            plain = members[0] if NoneType in get_args(hint) and len(members) == 1 else hint
            found[name] = SCALARS.get(plain) if isinstance(plain, type) else None
        return found

    @cached_property
    def arrays(self) -> dict[str, Any]:
        """Type of the names of each field of arrays, ``None`` for a single array."""
        found: dict[str, Any] = {}
        for name, hint in self.hints.items():
            members = get_args(hint)
            if get_origin(hint) is np.ndarray:
                found[name] = None
            elif get_origin(hint) is dict and get_origin(members[1]) is np.ndarray:
                found[name] = members[0]
        return found

    def _column_type(self, name: str) -> Any:
        if name in self.arrays:
            return FloatArray if self.arrays[name] is None else FloatArrays
        return self.scalars[name] or (PackedJson if name in self.packed else JsonText)

    def to_row(self, value: Any) -> dict[str, Any]:
        """Return the value's columns, without the version."""
        row: dict[str, Any] = {KEY: self.key(value)}
        if self.day is not None:
            row[DAY] = self.day(value)
        for name in self.hints:
            item = getattr(value, name)
            plain = item is None or self.scalars[name] or name in self.arrays
            row[name] = item if plain else to_json(item)
        return row

    @cached_property
    def is_remembered(self) -> bool:
        """Whether rows read before are known again; arrays are quick to read and large to keep."""
        return self.remembered and not self.arrays

    def from_row(self, row: Any) -> Any:
        """Return the value of a row mapping; a field that was not read takes its default."""
        names = tuple(name for name in self.hints if name in row)
        cells = tuple(row[name] for name in names)
        return _known(self.name, names, cells) if self.is_remembered else self.read(names, cells)

    def read(self, names: Sequence[str], cells: Sequence[Any]) -> Any:
        """Return the value of some columns' contents."""
        return self.value(
            **{name: self._read(name, cell) for name, cell in zip(names, cells, strict=True)}
        )

    def _read(self, name: str, cell: Any) -> Any:
        return self._field(name, cell.data() if isinstance(cell, Nested) else cell)

    def _field(self, name: str, item: Any) -> Any:
        """Return a field's value from a plain one, arrays or JSON data."""
        if item is None or self.scalars[name]:
            return item
        if name in self.arrays:
            key_type = self.arrays[name]
            if key_type in (None, str):
                return item
            return {key_type(key): array for key, array in item.items()}
        return from_json(self.hints[name], item, f"{self.name}.{name}")

    def pack(self, value: Any) -> bytes | None:
        """Return a value as the log keeps it; ``None`` (did not exist) stays ``None``."""
        if value is None:
            return None
        row = self.to_row(value)
        return pack_row({name: row[name] for name in self.hints})

    def unpack(self, content: bytes | None) -> Any:
        """Return the value of :meth:`pack`; a field it did not have yet takes its default."""
        if content is None:
            return None
        row = unpack_row(content)
        for name, item in row.items():
            if self.scalars[name] is Date and item is not None:
                row[name] = date.fromisoformat(item)
        return self.value(
            **{name: self._field(name, row[name]) for name in self.hints if name in row}
        )


@lru_cache(maxsize=MOST_REMEMBERED)
def _known(kind: str, names: tuple[str, ...], cells: tuple[Any, ...]) -> Any:
    """Return the value of a row, the same one for the same contents: values never change."""
    return kind_named(kind).read(names, cells)


def _agent_day(value: Any) -> str:
    return f"{value.agent}/{value.day}"


def _queue_start(value: Any) -> str:
    return f"{value.queue}/{value.horizon.start}/{value.horizon.days}"


KINDS: tuple[Kind, ...] = (
    Kind("site", Site, key=lambda _: "site"),
    Kind("skill", Skill),
    Kind("team", Team),
    Kind("queue", Queue),
    Kind("contract", Contract),
    Kind("shift_kind", ShiftKind),
    Kind("centre_rule", HouseRule),
    Kind("agent", Agent),
    Kind("availability", Availability, key=lambda value: value.agent),
    Kind("leave", Leave, key=_agent_day, day=lambda value: value.day),
    Kind(
        "wish", Wish, key=lambda value: f"{_agent_day(value)}/{value.kind}",
        day=lambda value: value.day,
    ),
    Kind("balance", Balance, key=lambda value: f"{value.agent}/{value.month}"),
    Kind(
        "special_day", SpecialDay,
        key=lambda value: f"{value.day}/{value.queue}/{value.kind}/{value.start}",
        day=lambda value: value.day,
    ),
    Kind(
        "history_day", HistoryDay, key=lambda value: f"{value.queue}/{value.day}",
        day=lambda value: value.day,
    ),
    Kind("forecast", Forecast, key=_queue_start, day=lambda value: value.horizon.start),
    Kind("requirement", Requirement, key=_queue_start, day=lambda value: value.horizon.start),
    Kind(
        "agent_week", AgentWeek, key=lambda value: f"{value.agent}/{value.start}",
        day=lambda value: value.start, packed=("duties", "published"),
    ),
    Kind("request", Request, day=lambda value: value.day, packed=("evidence",)),
    Kind(
        "run_record", RunRecord, day=lambda value: value.horizon_start,
        packed=("before", "duties"), remembered=False,
    ),
    Kind("import_mapping", ImportMapping),
    Kind("export_record", ExportRecord),
)  # fmt: skip

TABLES = {kind.name: kind.table for kind in KINDS}
"""Name → table; naming them here declares them in the metadata."""

_BY_CLASS = {kind.value: kind for kind in KINDS}
_BY_NAME = {kind.name: kind for kind in KINDS}


def kind_of(value: type) -> Kind:
    """Return how a class is stored; a class that is not stored is a bug (``KeyError``)."""
    return _BY_CLASS[value]


def kind_named(name: str) -> Kind:
    """Return the kind of a name in the log."""
    return _BY_NAME[name]


def is_stored(name: str) -> bool:
    """Tell whether a name in the log is that of a stored kind."""
    return name in _BY_NAME


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are equal; arrays by their numbers, "not recorded" to itself."""
    if type(one) is not type(other):
        return bool(one == other)
    if isinstance(one, np.ndarray):
        return bool(np.array_equal(one, other, equal_nan=True))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if dataclasses.is_dataclass(one):
        names = (item.name for item in dataclasses.fields(one))
        return all(same(getattr(one, name), getattr(other, name)) for name in names)
    return bool(one == other)
