"""Text files: which encoding, which delimiter, and the rows of fields they hold."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter

from wfm.errors import WfmError
from wfm.imports.archive import MEBI, MOST_BYTES
from wfm.messages import message

ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "utf-16-be")
MOST_FIELDS = 4_000_000
"""Most fields of a text file: a year of 20 queues by half hours in ten columns."""
DELIMITERS = {"comma": ",", "tab": "\t", "semicolon": ";", "pipe": "|"}

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(content: bytes, file: str, encoding: str = "") -> tuple[str, str]:
    """Return the text of ``content`` and the encoding used.

    Without ``encoding``: the byte order mark decides, then strict UTF-8, then CP932; UTF-16
    without a mark is known by its many zero bytes.  Raises :class:`~wfm.errors.WfmError`.
    """
    if encoding and encoding not in ENCODINGS:
        raise WfmError(
            message(
                "There is no encoding “{encoding}”; choose one of {choices}.",
                encoding=encoding,
                choices=", ".join(ENCODINGS),
            )
        )
    if len(content) > MOST_BYTES:
        raise WfmError(
            message(
                "{file} is larger than {limit} MB. Export a shorter period.",
                file=file,
                limit=MOST_BYTES // MEBI,
            )
        )
    for candidate in (encoding,) if encoding else _candidates(content):
        try:
            text = content.decode(candidate)
        except UnicodeDecodeError:
            continue
        return text.removeprefix("\ufeff"), candidate
    raise WfmError(
        message(
            "{file} is neither UTF-8 nor Shift_JIS (CP932) text. Name its encoding, or save it as"
            " UTF-8.",
            file=file,
        )
        if not encoding
        else message("{file} is not {encoding} text.", file=file, encoding=encoding)
    )


def _candidates(content: bytes) -> tuple[str, ...]:
    """Return the encodings to try, most telling first."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return (name,)
    head = content[:4096]
    if head.count(0) * 4 > len(head):
        return (
            ("utf-16-le", "utf-16-be")
            if head[1::2].count(0) > head[::2].count(0)
            else (
                "utf-16-be",
                "utf-16-le",
            )
        )
    return ("utf-8", "cp932")


def sniff_delimiter(text: str) -> str:
    """Return the name (see ``DELIMITERS``) of the sign that cuts the first rows most evenly."""
    sample = text[:20_000].splitlines(keepends=True)[:40]
    best, name = 0, "comma"
    for candidate, sign in DELIMITERS.items():
        try:
            widths = Counter(len(row) for row in csv.reader(sample, delimiter=sign) if len(row) > 1)
        except csv.Error:
            continue
        score = max((width * count for width, count in widths.items()), default=0)
        if score > best:
            best, name = score, candidate
    return name


def split_rows(text: str, file: str, delimiter: str) -> list[list[str]]:
    """Return the fields of every row; quoted fields may hold delimiters and line breaks.

    Raises :class:`~wfm.errors.WfmError` for NUL characters, a quotation mark that is never
    closed, a field of more than 131,072 characters, and more than four million fields.
    """
    if delimiter not in DELIMITERS:
        raise WfmError(
            message(
                "There is no delimiter “{delimiter}”; choose one of {choices}.",
                delimiter=delimiter,
                choices=", ".join(DELIMITERS),
            )
        )
    nul = text.find("\0")
    if nul >= 0:
        raise WfmError(
            message(
                "{file}, line {line}: a NUL character. The file is damaged or no text; export it"
                " again as CSV.",
                file=file,
                line=text.count("\n", 0, nul) + 1,
            )
        )
    try:
        return _rows(text, file, delimiter, strict=True)
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise WfmError(
                message("{file}: a quotation mark is opened and never closed.", file=file)
            ) from None
    try:
        return _rows(text, file, delimiter, strict=False)
    except csv.Error:
        raise WfmError(
            message(
                "{file} has a field of more than {limit} characters; it is no table.",
                file=file,
                limit=csv.field_size_limit(),
            )
        ) from None


def _rows(text: str, file: str, delimiter: str, *, strict: bool) -> list[list[str]]:
    """Return the rows as the csv module cuts them, up to the limit of cells."""
    rows: list[list[str]] = []
    cells = 0
    for row in csv.reader(
        io.StringIO(text, newline=""), delimiter=DELIMITERS[delimiter], strict=strict
    ):
        cells += len(row)
        if cells > MOST_FIELDS:
            raise WfmError(
                message(
                    "{file} has more than {most} fields. Export a shorter period.",
                    file=file,
                    most=MOST_FIELDS,
                )
            )
        rows.append(row)
    return rows
