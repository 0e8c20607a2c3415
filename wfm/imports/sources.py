"""The kinds of table that a file can hold, and how each is recognised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wfm.imports.acd import recognises as is_history
from wfm.imports.aliases import aliases
from wfm.imports.headers import find_header
from wfm.imports.people import agents, availability, balances, legend, wishes
from wfm.imports.people.grid import find_grid
from wfm.imports.people.outcome import Known
from wfm.imports.people.table import PeopleTable, open_people_table
from wfm.imports.reading import Sheet, read_sheets
from wfm.messages import Message, message


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of table: its key, what menus call it, its reader and a test on a sheet.

    ``reader`` is ``"acd"`` or ``"people"``, as the imports of the command line are called.
    """

    key: str
    label: Message
    reader: str
    recognises: Callable[[Sheet], bool]


def _people_table(sheet: Sheet) -> PeopleTable | None:
    """Return a sheet as a list of people, or ``None``."""
    header = find_header(sheet, aliases("people"))
    if header is None or find_grid(sheet) is not None:
        return None
    return open_people_table(sheet, header, sheet.file)


def _listed(test: Callable[[PeopleTable], bool]) -> Callable[[Sheet], bool]:
    """Return a test of a sheet that is a list of people."""

    def recognises(sheet: Sheet) -> bool:
        table = _people_table(sheet)
        return table is not None and bool(table.rows) and test(table)

    return recognises


def _is_legend(sheet: Sheet) -> bool:
    header = find_header(sheet, aliases("people"))
    return header is not None and legend.recognises(PeopleTable(sheet, header, sheet.file))


def _is_wish_grid(sheet: Sheet) -> bool:
    grid = find_grid(sheet)
    return grid is not None and any(
        wishes.is_wish_sheet(title) for title in (sheet.name, *grid.header.titles)
    )


def _is_roster(sheet: Sheet) -> bool:
    return find_grid(sheet) is not None and not _is_wish_grid(sheet)


SOURCES = (
    Source("history", message("Contact history by interval"), "acd", is_history),
    Source(
        "agents",
        message("People with contract and skills"),
        "people",
        _listed(lambda table: agents.recognises(table, Known())),
    ),
    Source(
        "availability",
        message("Availability by weekday"),
        "people",
        _listed(availability.recognises),
    ),
    Source("balances", message("Opening balances"), "people", _listed(balances.recognises)),
    Source("wish_list", message("List of wishes"), "people", _listed(wishes.recognises_list)),
    Source("wish_grid", message("Wishes by day"), "people", _is_wish_grid),
    Source("roster", message("Roster of a month"), "people", _is_roster),
    Source("legend", message("Legend of shift codes"), "people", _is_legend),
)
"""Every kind of table, in the order in which a sheet is tried."""


def recognise(path: Path) -> tuple[tuple[str, tuple[Source, ...]], ...]:
    """Return (sheet name, sources) for every sheet of a file.

    Raises :class:`~wfm.errors.WfmError` for a file that cannot be read.
    """
    return recognise_sheets(read_sheets(path))


def recognise_sheets(sheets: Sequence[Sheet]) -> tuple[tuple[str, tuple[Source, ...]], ...]:
    """Return (sheet name, sources) for every one of some sheets."""
    return tuple(
        (sheet.name, tuple(source for source in SOURCES if source.recognises(sheet)))
        for sheet in sheets
    )


def readers_of(sheets: Sequence[Sheet]) -> frozenset[str]:
    """Return which readers, ``"acd"`` and ``"people"``, find something in some sheets."""
    return frozenset(source.reader for _, sources in recognise_sheets(sheets) for source in sources)
