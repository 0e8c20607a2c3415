"""Finds the row of headings, below titles, in one row or two, and says what each means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wfm.imports.aliases import Aliases, Heading, normal
from wfm.imports.reading import Sheet, column_letter
from wfm.messages import Message, message

SEARCHED_ROWS = 60
WIDEST = 400


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of a sheet: first data row (from 0), the texts, and the meaning per position.

    ``titles`` are the non-empty texts above.  ``meanings`` maps column positions to headings.
    """

    row: int
    first_data_row: int
    texts: tuple[str, ...]
    meanings: dict[int, Heading]
    titles: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()

    def position(self, column: str) -> int | None:
        """Return where a canonical column stands, or ``None``."""
        return next(
            (place for place, heading in self.meanings.items() if heading.column == column), None
        )

    def positions(self) -> dict[str, int]:
        """Return the first position of every canonical column."""
        found: dict[str, int] = {}
        for place, heading in self.meanings.items():
            found.setdefault(heading.column, place)
        return found


def find_header(
    sheet: Sheet,
    aliases: Aliases,
    given: Mapping[str, str] | None = None,
    row: int | None = None,
) -> Header | None:
    """Return the header of a sheet, or ``None`` when no row has two known headings.

    ``given`` maps headings (or ``#1``, ``#2`` … for positions) to canonical columns and wins over
    the aliases; an empty column name leaves a heading out.  ``row`` (from 1; 0: the file has no
    header) overrides the search.
    """
    given = given or {}
    chosen = {normal(name): column for name, column in given.items()}
    if row == 0:
        return _positional(sheet, given)
    candidates = range(min(len(sheet.rows), SEARCHED_ROWS)) if row is None else (row - 1,)
    best: tuple[float, Header] | None = None
    for candidate in candidates:
        if candidate >= len(sheet.rows):
            continue
        single = 0
        for depth in (1, 2):
            header = _header_at(sheet, candidate, depth, aliases, chosen)
            if header is None:
                continue
            single = single if depth == 2 else len(header.meanings)
            score = len({item.column for item in header.meanings.values()}) + (
                _second_row_bonus(sheet, candidate, single, aliases) if depth == 2 else 0.0
            )
            if best is None or score > best[0]:
                best = (score, header)
    if best is None or (best[0] < 2 and row is None):
        return None
    return best[1]


def _second_row_bonus(sheet: Sheet, row: int, single: int, aliases: Aliases) -> float:
    """Return how much a second row of headings is believed.

    It must hold no figure and complete a heading above it (通話時間 + 平均).  ``single`` is the
    count of headings that the upper row has by itself; a title has none.
    """
    below = [cell for cell in sheet.rows[row + 1] if cell != ""]
    figures = any(
        not isinstance(cell, str) or any(sign.isdigit() for sign in cell) for cell in below
    )
    upper = [_heading_text(cell) for cell in sheet.rows[row][:WIDEST]]
    lower = [_heading_text(cell) for cell in sheet.rows[row + 1][:WIDEST]]
    completes = any(
        len(forms) > 1 and aliases.match(forms[0]) is not None for forms in _joined(upper, lower)
    )
    return 0.5 if completes and not figures and single >= 2 else -0.6


def _positional(sheet: Sheet, given: Mapping[str, str]) -> Header:
    """Return the header of a file without one: ``#1`` … name the columns."""
    width = max((len(cells) for cells in sheet.rows), default=0)
    meanings = {
        int(name[1:]) - 1: Heading(column)
        for name, column in given.items()
        if name.startswith("#") and name[1:].isdecimal() and 0 < int(name[1:7]) <= width and column
    }
    return Header(-1, 0, tuple(f"#{place + 1}" for place in range(width)), meanings)


def _header_at(
    sheet: Sheet, row: int, depth: int, aliases: Aliases, chosen: Mapping[str, str]
) -> Header | None:
    """Return the header that ``depth`` rows from ``row`` on would make."""
    if row + depth > len(sheet.rows):
        return None
    upper = [_heading_text(cell) for cell in sheet.rows[row][:WIDEST]]
    if depth == 1:
        texts: list[tuple[str, ...]] = [(text,) for text in upper]
    else:
        lower = [_heading_text(cell) for cell in sheet.rows[row + 1][:WIDEST]]
        if not any(lower):
            return None
        texts = _joined(upper, lower)
    meanings: dict[int, Heading] = {}
    taken: dict[str, int] = {}
    notes: list[Message] = []
    shown: list[str] = []
    for place, forms in enumerate(texts):
        text, heading = _meaning(forms, aliases, chosen)
        shown.append(text)
        if heading is None or heading.column in {"", "ignore"}:
            continue
        if heading.column in taken and heading.column != "part":
            first = shown[taken[heading.column]]
            if first != text:
                notes.append(
                    message(
                        "Columns “{first}” and “{second}” mean the same; the first is read.",
                        first=first,
                        second=text,
                    )
                )
            continue
        taken.setdefault(heading.column, place)
        meanings[place] = heading
    if not meanings:
        return None
    titles = tuple(
        text
        for above in sheet.rows[:row]
        for text in (_heading_text(cell) for cell in above[:WIDEST])
        if text
    )
    return Header(row, row + depth, tuple(shown), meanings, titles[:50], tuple(notes))


def _heading_text(cell: object) -> str:
    """Return a heading on one line; a number or date is no heading."""
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the forms of merged headings: a parent covers the empty cells to its right."""
    forms: list[tuple[str, ...]] = []
    parent = ""
    for place in range(max(len(upper), len(lower))):
        above = upper[place] if place < len(upper) else ""
        below = lower[place] if place < len(lower) else ""
        parent = above or (parent if below else "")
        if parent and below:
            forms.append(
                (f"{parent} {below}", below, parent) if above else (f"{parent} {below}", below)
            )
        else:
            forms.append((below or parent,))
    return forms


def _meaning(
    forms: tuple[str, ...], aliases: Aliases, chosen: Mapping[str, str]
) -> tuple[str, Heading | None]:
    """Return the text to show for a heading and what it means."""
    for text in forms:
        if text and normal(text) in chosen:
            return text, _chosen(text, aliases, chosen[normal(text)])
    for text in forms:
        if text and (heading := aliases.match(text)):
            return text, heading
    return forms[0], None


def _chosen(text: str, aliases: Aliases, column: str) -> Heading:
    """Return a heading whose column the mapping names; unit and T still come from its text."""
    known = aliases.match(text)
    if known and known.column == column:
        return known
    return Heading(column, known.unit if known else "", known.threshold_s if known else None)


def column_name(header: Header, place: int) -> str:
    """Return the heading of a column, or its spreadsheet letter."""
    text = header.texts[place] if place < len(header.texts) else ""
    return text or column_letter(place)
