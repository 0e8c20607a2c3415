"""Looks into a workbook before it is opened, and refuses the ones made to exhaust the machine."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from wfm.errors import WfmError
from wfm.messages import message

MEBI = 1024 * 1024
MOST_BYTES = 100 * MEBI
"""Most bytes a file may hold, unpacked."""
MOST_CELLS = 2_000_000
MOST_RATIO = 100
RATIO_FREE = 4 * MEBI
"""A part below this size may be packed as tightly as it likes: empty sheets are."""
MOST_TEXT = 1024 * MEBI
"""Most bytes of text that a workbook's repeated strings may grow to."""
LONGEST_STRING = 4 * 32_767

_REFERENCE = re.compile(
    rb"\sr\s*=\s*[\"']([^\"']*)[\"']"
    rb"((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/>)?",
    re.IGNORECASE,
)
_CELL_NAME = re.compile(rb"([A-Z]{1,3})(\d{1,7})", re.IGNORECASE)
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*)>")
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_ODS_REPEAT = re.compile(rb"number-(?:columns|rows)-repeated\s*=\s*[\"']\s*(\d+)")


def check_archive(content: bytes, file: str) -> None:
    """Raise :class:`~wfm.errors.WfmError` for a zipped workbook that is damaged or too large.

    Judged are the sizes in the directory, the sizes that the parts really unpack to, and how far
    the cells reach, all before a spreadsheet reader allocates anything.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError):
        raise damaged(file) from None
    if sum(member.file_size for member in members) > MOST_BYTES:
        raise _too_large(file)
    if any(
        member.file_size > RATIO_FREE and member.file_size > MOST_RATIO * member.compress_size
        for member in members
    ):
        raise _too_large(file)
    cells, longest = 0, 0
    for member in members:
        part = _unpack(content, member, file)
        if member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml"):
            rows, columns = _xlsx_extent(part, file)
            _check_cells(rows * columns, file)
            cells += part.count(b"<c")
        elif member.filename == "xl/sharedStrings.xml":
            longest = max(map(len, part.split(b"</si>")))
        elif member.filename == "content.xml":
            for rows, columns in _ods_extents(part):
                _check_cells(rows * columns, file)
    if longest > LONGEST_STRING or longest * cells > MOST_TEXT:
        raise _too_large(file)


def _check_cells(cells: int, file: str) -> None:
    """Refuse a sheet whose used area is too large."""
    if cells > MOST_CELLS:
        raise WfmError(
            message(
                "{file} has cells far outside any table ({cells} cells in all; {most} are read)."
                " Delete what lies beyond the data and save the file again.",
                file=file,
                cells=cells,
                most=MOST_CELLS,
            )
        )


def _unpack(content: bytes, member: zipfile.ZipInfo, file: str) -> bytes:
    """Return a part's bytes; a part longer than the directory says is refused."""
    at = member.header_offset
    if member.flag_bits & 1:
        raise protected(file)
    if content[at : at + 4] != b"PK\x03\x04" or len(content) < at + 30:
        raise damaged(file)
    name, extra = struct.unpack_from("<HH", content, at + 26)
    begin = at + 30 + name + extra
    packed = content[begin : begin + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        return packed
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise damaged(file)
    unpacker = zlib.decompressobj(-15)
    try:
        part = unpacker.decompress(packed, member.file_size + 1)
    except zlib.error:
        raise damaged(file) from None
    if len(part) > member.file_size:
        raise _too_large(file)
    return part


def _xlsx_extent(part: bytes, file: str) -> tuple[int, int]:
    """Return (last row, last column) of the filled cells of an xlsx sheet.

    Formatted cells without content do not count: whole formatted columns are common.  A cell
    without a name stands in its row, behind the one before it.  A name that no spreadsheet writes
    makes the file damaged: readers let such numbers overflow.
    """
    columns: set[bytes] = set()
    last, last_row, named = 0, 0, 0
    for name, hollow in set(_REFERENCE.findall(part)):
        if name.isdigit() and len(name) <= 7:
            last_row = max(last_row, int(name))
            continue
        cell = _CELL_NAME.fullmatch(name)
        if cell is None:
            raise damaged(file)
        named += 1
        if not hollow:
            columns.add(cell[1].upper())
            last = max(last, int(cell[2]))
    width = max(map(_column_number, columns), default=0)
    cells = len(_CELL.findall(part))
    if cells > named:
        return max(last, last_row), max(width, min(cells - named, 16_384))
    return last, width


def _column_number(letters: bytes) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _ods_extents(part: bytes) -> Iterator[tuple[int, int]]:
    """Yield (last row, last column) of the filled cells of each sheet of an ods file."""
    for table in part.split(b"<table:table ")[1:]:
        row, last, width = 0, 0, 0
        heads = list(_ODS_ROW.finditer(table))
        for position, head in enumerate(heads):
            after = heads[position + 1].start() if position + 1 < len(heads) else len(table)
            filled = _ods_width(table[head.end() : after])
            row += _repeat(head[1])
            if filled:
                last, width = row, max(width, filled)
        yield last, width


def _ods_width(row: bytes) -> int:
    """Return the column of the last filled cell of one ods row."""
    column, filled = 0, 0
    for cell in _ODS_CELL.finditer(row):
        column += _repeat(cell[1])
        if not cell[1].rstrip().endswith(b"/") or b"office:value" in cell[1]:
            filled = column
    return filled


def _repeat(attributes: bytes) -> int:
    """Return how often an ods cell or row is repeated."""
    found = _ODS_REPEAT.search(attributes)
    return int(found[1][:9]) if found else 1


def damaged(file: str) -> WfmError:
    """Return the error for a workbook that cannot be read."""
    return WfmError(
        message(
            "{file} is not a readable workbook: it is damaged or no Excel file. Open it in Excel"
            " and save it again as .xlsx or .csv.",
            file=file,
        )
    )


def _too_large(file: str) -> WfmError:
    return WfmError(
        message(
            "{file} unpacks to more than a table of contacts or people can need (limit {limit} MB)."
            " Save only the sheet to be read.",
            file=file,
            limit=MOST_BYTES // MEBI,
        )
    )


def protected(file: str) -> WfmError:
    """Return the error for a workbook behind a password."""
    return WfmError(message("{file} is protected by a password. Save it without one.", file=file))
