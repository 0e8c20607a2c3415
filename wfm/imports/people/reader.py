"""Reads people, availability, balances, wishes and rosters from a workbook, sheet by sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from wfm.errors import WfmError
from wfm.imports.aliases import aliases, normal
from wfm.imports.headers import Header, find_header
from wfm.imports.people import agents as people_lists
from wfm.imports.people import availability, balances, legend, wishes
from wfm.imports.people.codes import CodeBook
from wfm.imports.people.grid import Grid, find_grid
from wfm.imports.people.outcome import Known, PeopleImport, ShiftCode
from wfm.imports.people.register import Register
from wfm.imports.people.roster import Entry, open_grid, read_roster
from wfm.imports.people.table import PeopleTable, open_people_table
from wfm.imports.preview import Preview, preview_of
from wfm.imports.reading import Sheet, cell_text, read_sheets, sheets_of
from wfm.messages import message
from wfm.model.activity import ShiftKind
from wfm.model.people import Agent, Availability, Balance, Contract, Leave, Skill, Team, Wish
from wfm.model.roster import Duty

LEGEND_ROWS = 300


@dataclass(slots=True)
class _Gathered:
    """What the sheets have brought so far."""

    tables: list[PeopleTable] = field(default_factory=list)
    agents: dict[str, None] = field(default_factory=dict)
    availabilities: dict[str, Availability] = field(default_factory=dict)
    balances: dict[str, Balance] = field(default_factory=dict)
    wishes: dict[tuple[str, date], Wish] = field(default_factory=dict)
    entries: dict[tuple[str, date], Entry] = field(default_factory=dict)
    codes: list[ShiftCode] = field(default_factory=list)
    sheets: dict[str, list[str]] = field(default_factory=dict)
    previews: list[Preview] = field(default_factory=list)


def read_people(
    path: Path,
    *,
    shift_kinds: Sequence[ShiftKind] = (),
    contracts: Sequence[Contract] = (),
    teams: Sequence[Team] = (),
    skills: Sequence[Skill] = (),
    agents: Sequence[Agent] = (),
    month: date | None = None,
    encoding: str = "",
) -> PeopleImport:
    """Return the people, availability, balances, wishes and rosters of a workbook or CSV file.

    Sheets are recognised by their headings.  ``shift_kinds`` and legends in the file explain the
    codes of a roster; ``contracts`` are the only ones accepted where any are given; ``agents`` are
    the people already known; ``month`` is that of a roster or of balances whose sheet names none.
    Raises :class:`~wfm.errors.WfmError` for a file that cannot be read or holds no such sheet.
    """
    known = Known(
        tuple(shift_kinds), tuple(contracts), tuple(teams), tuple(skills), tuple(agents), month
    )
    return _recognised(read_people_sheets(read_sheets(path, encoding=encoding), known), path.name)


def read_people_bytes(
    content: bytes, name: str, known: Known | None = None, encoding: str = ""
) -> PeopleImport:
    """Return the people of a file's ``content``, called ``name``; see :func:`read_people`."""
    sheets = sheets_of(content, name, encoding=encoding)
    return _recognised(read_people_sheets(sheets, known or Known()), name)


def _recognised(result: PeopleImport, file: str) -> PeopleImport:
    """Return a result; refuse one of a file in which no sheet was recognised."""
    if not result.sheets:
        raise WfmError(
            message(
                "No sheet of {file} was recognised. A list of people needs a heading such as 氏名"
                " with 契約 or スキル beside it, a roster a row of days.",
                file=file,
            )
        )
    return result


def read_people_sheets(
    sheets: Sequence[Sheet], known: Known, columns: Mapping[str, str] | None = None
) -> PeopleImport:
    """Return what sheets that have been read say of people; see :func:`read_people`.

    ``columns`` maps headings to canonical columns and wins over the known headings.  Where no
    sheet is recognised, ``sheets`` of the result is empty.  Legends are read first, then the lists
    of people, then everything that speaks of them.
    """
    given = dict(columns or {})
    gathered = _Gathered()
    grids: list[tuple[Sheet, Grid, str]] = []
    lists: list[tuple[Sheet, PeopleTable]] = []
    for sheet in sheets:
        place = sheet.file if len(sheets) == 1 else f"{sheet.file} [{sheet.name}]"
        _read_legend(sheet, place, gathered)
        known.pulse()
        grid = find_grid(sheet)
        if grid is not None:
            grids.append((sheet, grid, place))
            continue
        header = find_header(sheet, aliases("people"), given) or _names_only(sheet, given)
        if header is not None and (header.positions().keys() & {"staff_name", "staff_number"}):
            lists.append((sheet, open_people_table(sheet, header, place)))
    register = Register.of(known.agents)
    terms = people_lists.NewTerms()
    introducing = [item for item in lists if people_lists.recognises(item[1], known)]
    others = [item for item in lists if item not in introducing]
    for sheet, table in introducing:
        known.pulse()
        people_lists.read_agents(table, known, register, terms)
        _mark(gathered, sheet, "agents")
        _read_beside(sheet, table, known, register, gathered)
        _settle_agents(table, known, register, gathered)
    for sheet, table in others:
        _read_beside(sheet, table, known, register, gathered)
    codes = CodeBook(gathered.codes, known.shift_kinds, known.contracts)
    for sheet, grid, place in grids:
        known.pulse()
        _read_grid(sheet, grid, place, known, register, codes, gathered)
    gathered.previews = _previews(sheets, lists, grids, known, given)
    return _outcome(gathered, register, terms, sheets)


def _previews(
    sheets: Sequence[Sheet],
    lists: Sequence[tuple[Sheet, PeopleTable]],
    grids: Sequence[tuple[Sheet, Grid, str]],
    known: Known,
    given: Mapping[str, str],
) -> list[Preview]:
    """Return the start of every sheet with the meaning of its columns."""
    tables = {id(sheet): table for sheet, table in lists}
    calendars = {id(sheet): grid for sheet, grid, _ in grids}
    found: list[Preview] = []
    for sheet in sheets:
        table, grid = tables.get(id(sheet)), calendars.get(id(sheet))
        if grid is not None:
            shown = preview_of(sheet, grid.header)
            headings = [*shown.headings, *sheet.texts(grid.row)[len(shown.headings) :]]
            found.append(
                _marked(replace(shown, headings=tuple(headings)), roster_day=dict(grid.columns))
            )
        elif table is not None:
            weekdays = availability.weekday_columns(table)
            skills = people_lists.skill_columns(table, known)
            found.append(_marked(preview_of(sheet, table.header), weekday=weekdays, skill=skills))
        else:
            found.append(_unknown(preview_of(sheet, None), given))
    return found


def _marked(shown: Preview, **places: Mapping[int, object]) -> Preview:
    """Return a preview whose columns at some places are called by the keyword."""
    columns = [*shown.columns, *[""] * (len(shown.headings) - len(shown.columns))]
    for name, positions in places.items():
        for at in positions:
            if at < len(columns):
                columns[at] = columns[at] or name
    return replace(shown, columns=tuple(columns))


def _unknown(shown: Preview, given: Mapping[str, str]) -> Preview:
    """Return the preview of a sheet without a header with the columns named so far."""
    named = {normal(name): column for name, column in given.items()}
    columns = tuple(named.get(normal(text), "") for text in shown.headings)
    return replace(shown, columns=columns)


def _names_only(sheet: Sheet, given: Mapping[str, str]) -> Header | None:
    """Return the header of a sheet with one known heading, as availability sheets have."""
    for row in range(min(len(sheet.rows), 20)):
        header = find_header(sheet, aliases("people"), given, row=row + 1)
        if header and header.positions().keys() & {"staff_name", "staff_number"}:
            return header
    return None


def _mark(gathered: _Gathered, sheet: Sheet, source: str) -> None:
    """Remember what a sheet was read as."""
    gathered.sheets.setdefault(sheet.name or sheet.file, []).append(source)


def _read_legend(sheet: Sheet, place: str, gathered: _Gathered) -> None:
    """Read the legend of a sheet, which may stand below or beside a roster."""
    for row in range(min(len(sheet.rows), LEGEND_ROWS)):
        if sum(isinstance(cell, str) and bool(cell.strip()) for cell in sheet.rows[row]) < 3:
            continue
        header = find_header(sheet, aliases("people"), row=row + 1)
        if header is None or header.first_data_row != row + 1:
            continue
        table = PeopleTable(sheet, header, place)
        if not legend.recognises(table):
            continue
        at = header.positions()["shift_code"]
        for line in range(row + 1, len(sheet.rows)):
            if not cell_text(sheet.cell(line, at)).strip():
                break
            table.rows.append(line)
        table.counted = len(table.rows)
        gathered.codes += [item for _, item in legend.read_legend(table)]
        gathered.tables.append(table)
        _mark(gathered, sheet, "legend")
        return


def _read_beside(
    sheet: Sheet, table: PeopleTable, known: Known, register: Register, gathered: _Gathered
) -> None:
    """Read what a list says of its people: availability, balances, wishes."""
    used = sheet.name in gathered.sheets or sheet.file in gathered.sheets
    if availability.recognises(table):
        found = availability.read_availabilities(table, register)
        gathered.availabilities |= {item.agent: item for row, item in found}
        _mark(gathered, sheet, "availability")
        used = True
    if balances.recognises(table):
        read = balances.read_balances(table, known, register)
        gathered.balances |= {item.agent: item for row, item in read}
        _mark(gathered, sheet, "balances")
        used = True
    if wishes.recognises_list(table):
        for _, items in wishes.read_wish_list(table, register):
            gathered.wishes |= {(item.agent, item.day): item for item in items}
        _mark(gathered, sheet, "wishes")
        used = True
    if used:
        gathered.tables.append(table)


def _settle_agents(
    table: PeopleTable, known: Known, register: Register, gathered: _Gathered
) -> None:
    """Keep the people of accepted rows; forget those whose row was refused on the way."""
    before = {agent.key: agent for agent in known.agents}
    for row in table.rows:
        number, name = table.text(row, "staff_number"), table.text(row, "staff_name")
        agent = register.introduced(number, name)
        if agent is None:
            continue
        if row not in table.refused:
            gathered.agents[agent.key] = None
            continue
        if agent.key in gathered.agents:
            continue
        gathered.availabilities.pop(agent.key, None)
        gathered.balances.pop(agent.key, None)
        if agent.key in before:
            register.enter(before[agent.key])
        else:
            register.forget(agent)
            register.refuse(number, name)


def _read_grid(
    sheet: Sheet,
    grid: Grid,
    place: str,
    known: Known,
    register: Register,
    codes: CodeBook,
    gathered: _Gathered,
) -> None:
    """Read a calendar as wishes where its title says so, else as a roster."""
    table = open_grid(sheet, grid, place, codes)
    gathered.tables.append(table)
    if any(wishes.is_wish_sheet(title) for title in (sheet.name, *grid.header.titles)):
        for _, items in wishes.read_wish_grid(table, grid, known, register):
            gathered.wishes |= {(item.agent, item.day): item for item in items}
        _mark(gathered, sheet, "wishes")
        return
    for _, entries in read_roster(table, grid, known, register, codes):
        gathered.entries |= {(item.agent, item.day): item for item in entries}
    _mark(gathered, sheet, "roster")


def _outcome(
    gathered: _Gathered, register: Register, terms: people_lists.NewTerms, sheets: Sequence[Sheet]
) -> PeopleImport:
    """Put the result together; the rows are counted so that the counts add up."""
    tables = gathered.tables
    accepted = sum(len([row for row in table.rows if row not in table.refused]) for table in tables)
    rejected = sum(len(table.refused) for table in tables)
    counted = sum(table.counted for table in tables)
    people = tuple(register.agents[key] for key in gathered.agents)
    team_keys = {agent.team for agent in people}
    skill_keys = {key for agent in people for key in agent.skills}
    entries = list(gathered.entries.values())
    notes = [note for table in tables for note in table.notes]
    notes += [
        message("Sheet “{sheet}” was not recognised and left out.", sheet=sheet.name)
        for sheet in sheets
        if (sheet.name or sheet.file) not in gathered.sheets and sheet.rows
    ]
    return PeopleImport(
        people,
        tuple(item for item in terms.teams.values() if item.key in team_keys),
        tuple(item for item in terms.skills.values() if item.key in skill_keys),
        tuple(gathered.availabilities.values()),
        tuple(gathered.balances.values()),
        tuple(gathered.wishes.values()),
        tuple(item for item in entries if isinstance(item, Duty)),
        tuple(item for item in entries if isinstance(item, Leave)),
        tuple(gathered.codes),
        tuple(problem for table in tables for problem in table.problems),
        tuple(notes),
        tuple((name, tuple(sources)) for name, sources in gathered.sheets.items()),
        counted,
        accepted,
        rejected,
        counted - accepted - rejected,
        tuple(gathered.previews),
    )
