"""Which values are stored, under which key, by which day they are found: one entry each."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import NoneType
from typing import Any, get_args, get_type_hints

from sqlalchemy import Boolean, Column, Date, Float, Integer, MetaData, String, Table

from wfm.model.activity import ShiftKind
from wfm.model.codec import from_json, to_json
from wfm.model.people import Agent, Availability, Balance, Contract, Leave, Skill, Team, Wish
from wfm.model.roster import AgentWeek
from wfm.model.site import ExportRecord, ImportMapping, RunRecord, Site
from wfm.model.workload import Forecast, HistoryDay, Queue, Requirement, SpecialDay
from wfm.persistence.columns import JsonText, PackedJson

metadata = MetaData()

SCALARS: dict[Any, Any] = {str: String, int: Integer, float: Float(53), bool: Boolean, date: Date}
KEY, VERSION, DAY = "row_key", "row_version", "row_day"


def _by_key(value: Any) -> str:
    return str(value.key)


@dataclass(frozen=True)
class Kind:
    """How one class of the model is stored: a table with a column per field.

    ``key`` names a value; ``day`` is what ``since``/``until`` look at; ``packed`` fields are
    compressed, other nested fields are JSON text.
    """

    name: str
    value: type
    key: Callable[[Any], str] = _by_key
    day: Callable[[Any], date] | None = None
    packed: tuple[str, ...] = ()

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

    def _column_type(self, name: str) -> Any:
        return self.scalars[name] or (PackedJson if name in self.packed else JsonText)

    def to_row(self, value: Any) -> dict[str, Any]:
        """Return the value's columns, without the version."""
        row: dict[str, Any] = {KEY: self.key(value)}
        if self.day is not None:
            row[DAY] = self.day(value)
        for name in self.hints:
            item = getattr(value, name)
            row[name] = item if item is None or self.scalars[name] else to_json(item)
        return row

    def from_row(self, row: Any) -> Any:
        """Return the value of a row mapping."""
        return self.value(
            **{
                name: row[name]
                if row[name] is None or self.scalars[name]
                else from_json(hint, row[name], f"{self.name}.{name}")
                for name, hint in self.hints.items()
            }
        )


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
        day=lambda value: value.day, packed=("columns",),
    ),
    Kind(
        "forecast", Forecast, key=_queue_start, day=lambda value: value.horizon.start,
        packed=("volume", "aht_s", "quantiles"),
    ),
    Kind(
        "requirement", Requirement, key=_queue_start, day=lambda value: value.horizon.start,
        packed=("agents", "rostered"),
    ),
    Kind(
        "agent_week", AgentWeek, key=lambda value: f"{value.agent}/{value.start}",
        day=lambda value: value.start, packed=("duties", "published"),
    ),
    Kind("run_record", RunRecord, day=lambda value: value.horizon_start),
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
