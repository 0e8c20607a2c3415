"""Text files and workbooks become sheets; hostile files become one sentence."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import repetitions
from tests.imports.files import csv_text, write_csv, write_xlsx
from wfm.errors import WfmError
from wfm.imports.archive import MOST_BYTES
from wfm.imports.reading import cell_text, column_letter, read_sheets, sheets_of

ROWS = (("日時", "着信数"), ("2026-11-02 09:00", "12"), ("2026-11-02 09:30", "髙～①"))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_every_encoding_of_the_trade_is_read_without_being_named(
    tmp_path: Path, encoding: str
) -> None:
    (sheet,) = read_sheets(write_csv(tmp_path / "a.csv", ROWS, encoding))
    assert sheet.rows == ROWS


def test_a_caller_may_overrule_the_encoding() -> None:
    content = "時刻,件数\n9:00,1\n".encode("cp932")
    assert sheets_of(content, "a.csv", encoding="cp932")[0].rows[0] == ("時刻", "件数")
    with pytest.raises(WfmError, match=r"a\.csv is not utf-8 text"):
        sheets_of(content, "a.csv", encoding="utf-8")
    with pytest.raises(WfmError, match="There is no encoding “rot13”"):
        sheets_of(content, "a.csv", encoding="rot13")


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    rows = [("a", "b,c", "d"), ("1,234", "2", "3"), ("x;y", "e", "f")]
    sheet = sheets_of(csv_text(rows, delimiter).encode(), "a.txt")[0]
    assert sheet.rows == tuple(rows)


def test_a_quoted_field_may_hold_line_breaks_and_counts_as_one_row() -> None:
    sheet = sheets_of(b'a,b\r\n"x\r\ny",2\r\n3,4\r\n', "a.csv")[0]
    assert sheet.rows == (("a", "b"), ("x\r\ny", "2"), ("3", "4"))


@given(
    st.lists(
        st.lists(
            st.text(st.characters(blacklist_characters="\0\r", codec="utf-8"), max_size=8),
            min_size=2,
            max_size=4,
        ).filter(lambda row: any(field.strip() for field in row)),
        min_size=1,
        max_size=5,
    )
)
def test_what_the_csv_writer_writes_is_read_back(rows: list[list[str]]) -> None:
    read = sheets_of(csv_text(rows).encode(), "a.csv", encoding="utf-8", delimiter="comma")
    # a byte order mark is taken from the very front of a file
    expected = [list(row) for row in rows]
    expected[0][0] = expected[0][0].removeprefix("\ufeff")
    assert [list(row) for row in read[0].rows] == expected


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.csv", "a.csv is empty"),
        (b" \n \n", "a.csv", "a.csv is empty"),
        (b"a,b\n1,\0\n", "a.csv", "line 2: a NUL character"),
        (b'a,b\n1,"2\n3,4\n', "a.csv", "never closed"),
        (b"a,b\n" + b"x" * 140_000 + b",1\n", "a.csv", "more than 131072 characters"),
        (b"a,b\n\x81\xff\xfe\xfd,1\n", "a.csv", "neither UTF-8 nor Shift_JIS"),
        (b"hello", "a.xlsx", "named like a workbook but is none"),
        (b"PK\x03\x04 and then nothing", "a.xlsx", "not a readable workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "not a readable workbook"),
    ],
)
def test_a_broken_file_is_one_sentence(content: bytes, name: str, sentence: str) -> None:
    with pytest.raises(WfmError, match=sentence):
        sheets_of(content, name)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(WfmError, match="There is no file"):
        read_sheets(tmp_path / "none.csv")
    with pytest.raises(WfmError, match="is a folder"):
        read_sheets(tmp_path)


def test_typed_cells_of_a_workbook_keep_their_type(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 2, 9, 0)
    path = write_xlsx(tmp_path / "a.xlsx", {"表": [["日時", "件数"], [moment, 12]], "空": []})
    sheet = read_sheets(path)[0]
    assert (sheet.name, sheet.rows[1]) == ("表", (moment, 12.0))
    assert sheet.texts(1) == ("2026-11-02 09:00", "12")


def test_rows_keep_the_numbers_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"表": [[], [], ["", "x"]]})
    assert cell_text(read_sheets(path)[0].cell(2, 1)) == "x"


def workbook(sheet: str, strings: str = "", compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a minimal workbook around the XML of one sheet."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compress) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        if strings:
            archive.writestr("xl/sharedStrings.xml", strings)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="XFD1048576"><v>1</v></c>',
        "<c r='xfd1048576' t=\"n\"><v>1</v></c>",
        '<c r="XFD1048576" x="/>"><v>1</v></c>',
    ],
)
def test_a_cell_at_the_far_end_is_refused_before_anything_is_allocated(cell: str) -> None:
    content = workbook(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2">{cell}</row>')
    with pytest.raises(WfmError, match="cells far outside any table"):
        sheets_of(content, "far.xlsx")


def test_formatted_columns_without_content_are_no_far_cells(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    grey = book.add_format({"bg_color": "gray"})
    sheet.write_row(0, 0, ["a", "b"])
    sheet.write_blank(1_048_575, 16_383, None, grey)
    book.close()
    assert read_sheets(path)[0].rows == (("a", "b"),)


def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    with pytest.raises(WfmError, match="unpacks to more"):
        sheets_of(workbook(" " * (MOST_BYTES + 1)), "bomb.xlsx")
    with pytest.raises(WfmError, match="unpacks to more"):
        sheets_of(workbook("0" * (20 * 1024 * 1024)), "bomb.xlsx")


def test_a_directory_that_lies_about_sizes_is_refused() -> None:
    content = bytearray(workbook("<row>" + "<c><v>1</v></c>" * 5_000 + "</row>"))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(WfmError, match="unpacks to more"):
        sheets_of(bytes(content), "lie.xlsx")


def test_a_long_text_shared_by_many_cells_is_refused() -> None:
    cells = '<c t="s"><v>0</v></c>' * 20_000
    content = workbook(f"<row>{cells}</row>", "<si><t>" + "x" * 100_000 + "</t></si>")
    with pytest.raises(WfmError, match="unpacks to more"):
        sheets_of(content, "strings.xlsx")


def test_repeated_cells_of_an_ods_file_count() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            '<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">'
            '<table:table-cell table:number-columns-repeated="16384" office:value="1">'
            "<text:p>1</text:p></table:table-cell></table:table-row></table:table>",
        )
    with pytest.raises(WfmError, match="cells far outside any table"):
        sheets_of(buffer.getvalue(), "a.ods")


def compound_file() -> bytes:
    """Return a minimal .xls: one sheet with 5 in A1 and 7 in C3."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<12I", header, 40, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0, 0, 0)
    struct.pack_into("<108I", header, 80, *[0xFFFFFFFF] * 108)
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 12), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    folder = bytearray(512)
    for place, (name, kind, start, size) in enumerate(
        [("Root Entry", 5, 0xFFFFFFFE, 0), ("Workbook", 2, 2, 5000)]
    ):
        text = name.encode("utf-16-le")
        folder[128 * place : 128 * place + len(text)] = text
        struct.pack_into("<HBB", folder, 128 * place + 64, len(text) + 2, kind, 1)
        links = (0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF if place else 1)
        struct.pack_into("<III", folder, 128 * place + 68, *links)
        struct.pack_into("<IQ", folder, 128 * place + 116, start, size)

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    begin += record(0x42, struct.pack("<H", 1200))
    bound = len(begin) + 13 + 4
    book = begin + record(0x85, struct.pack("<IBB", bound, 0, 0) + b"\x01\x00a") + record(10, b"")
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 0))
    sheet += record(0x200, struct.pack("<IIHHH", 0, 3, 0, 3, 0))
    sheet += record(0x203, struct.pack("<HHHd", 0, 0, 0, 5.0))
    sheet += record(0x203, struct.pack("<HHHd", 2, 2, 0, 7.0)) + record(10, b"")
    return bytes(header + table + folder + (book + sheet).ljust(5120, b"\0"))


def test_the_old_format_is_read_by_a_process_of_its_own() -> None:
    (sheet,) = sheets_of(compound_file(), "a.xls")
    assert sheet.rows == ((5.0, "", ""), ("", "", ""), ("", "", 7.0))


@pytest.mark.soak
@pytest.mark.slow
def test_a_damaged_file_of_the_old_format_never_ends_the_program() -> None:
    rng = random.Random(4)
    sound = compound_file()
    refused = 0
    for _ in range(repetitions(2_000, 20)):
        content = bytearray(sound)
        for _ in range(rng.randint(1, 6)):
            content[rng.randrange(8, 1_900)] = rng.choice([0, 127, 255, rng.randrange(256)])
        try:
            sheets_of(bytes(content), "a.xls")
        except WfmError:
            refused += 1
    assert refused > 0


@given(st.integers(0, 20_000))
def test_column_letters_count_like_a_spreadsheet(column: int) -> None:
    number = 0
    for letter in column_letter(column):
        number = number * 26 + ord(letter) - 64
    assert number == column + 1
