"""Whatever a file holds, an import ends in a value or in one sentence, and its counts add up."""

# ruff: noqa: E501 - tables read better in one line per row

from __future__ import annotations

import io
import math
import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from tests.conftest import repetitions
from tests.imports.files import csv_text, write_xlsx, xlsx_bytes
from wfm.errors import WfmError
from wfm.imports import AcdImport, Known, PeopleImport, read_acd_bytes, read_people_bytes
from wfm.model.activity import BreakRule, ShiftKind
from wfm.model.people import Agent, Contract

HISTORY = [
    ["受電レポート 2026年11月"],
    ["日付", "時間帯", "窓口", "メディア", "着信数", "応答数", "放棄呼数", "応答率", "SL(20秒)", "平均待ち時間", "通話時間 合計", "平均後処理時間", "AHT"],
    ["2026/11/02", "9:00", "受付", "電話", "1,234", 12, 1, "92.3%", "80%", "0:12", "1:02:03", "0:45", "325"],
    ["R8.11.2", "9:30-10:00", "受付", "電話", "--", 11, 0, "100%", "—", ":05", "58:20", "31: 5", "300.5"],
    ["11/2(月)", "午後1:00", "技術", "チャット", "１２", 9, 2, "", "75.0％", "", "1時間15分", "40", "5:25"],
    ["20261102", "25:30", "技術", "", 8, 8, 0, "1", "0.9", "7", "3600", "0.5", "0:05:25"],
    ["小計", "", "", "", 40, 36, 4],
    ["2026-11-02T09:00:00Z", "10", "a", "voice", -5, 9e9, "#DIV/0!", "N/A", "null", "x", "", "", ""],
]  # fmt: skip
DAYS = list(range(1, 32))
PEOPLE = {
    "名簿": [
        ["社員番号", "氏名", "フリガナ", "チーム", "契約", "電話", "スキル", "役職", "入社日", "時給", *"月火水木金土日", "残業", "有給残"],
        ["0012", "佐藤 花子", "ｻﾄｳ", "A班", "正社員", "◎", "受電:3、チャット", "SV", date(2020, 4, 1), "1,500円", "9-18", "10～19", "×", "", "○", "18-", "-15", "12:30", 10.5],
        ["0013", "鈴木　一郎", "", "B班", "パート", "○", "", "OP", "R2.4.1", 1250, "", "9:00-13:00,15-18", "", "", "", "不可", "×", 90, "3日"],
    ],
    "勤務表": [
        ["2026年10月度"],
        ["社員番号", "氏名", *DAYS],
        ["", "", *["月火水木金土日"[(n + 3) % 7] for n in range(31)]],
        ["0012", "佐藤花子", *(["早", "遅", "夜", "明", "公", "有", "9-18", "早/研", "22-31", "①"] * 3), "午前"],
        ["0013", "鈴木 一郎", *(["休 ", "×", "／", "AM", "代", "振", "特", "欠", "ﾔｷﾝ", 8] * 3), "PM"],
        ["", "早", *([1] * 31)],
    ],
    "希望": [["2026年11月 希望休"], ["氏名", *DAYS[:30]], ["佐藤花子", *(["◎", "○", "△", "×", "希望休", "9-15"] * 5)]],
    "凡例": [["記号", "開始", "終了", "休憩"], ["早", "8:00", "17:00", 60], ["遅", time(13, 0), "22:00", "1:00"], ["夜", "22:00", "7:00", "60分"]],
}  # fmt: skip
KNOWN = Known(
    (ShiftKind("n", "夜勤", "ﾔｷﾝ", 1320, 1320, 30, (540,), (BreakRule(60, 180, 300),)),),
    (Contract("full", "正社員", ("n",)), Contract("part", "パート", ())),
    agents=(Agent("a1", "0012", "佐藤 花子", "t", "full"),),
    month=date(2026, 11, 1),
)
SPICE = [
    b'"', b",", b"\n", b"\r", b"\t", b"\0", b"\xff", b"\x81", b"9", b"-", b":", b"/", b"%", b"1e400",
    "合計".encode(), "年".encode(), "〜".encode(), b"99999999999999999999", b"2026-11-02 09:00", b"9-18",
    b"24:00", b"48:00", b"12/31", b"13/32", b"\xef\xbb\xbf", b"#1", "①".encode(), b"0.0001", b"nan", b"inf",
]  # fmt: skip

CELLS: list[object] = [
    *(piece.decode("utf-8", "replace").replace("\0", "") for piece in SPICE),
    1e-9, -1.0, 0.5, 1e300, 46_349, 46_349.99999, 73_051, 31, 32, True, math.inf,
    date(2026, 11, 2), date(9999, 12, 31), time(5, 25), time(0, 0, 1), timedelta(hours=400),
    datetime(2026, 11, 2, 9, 30), datetime(1900, 1, 1, 3, 0), "x" * 5_000, "2026-02-30", "99/99/9999",
]  # fmt: skip


def mutated(content: bytes, rng: random.Random) -> bytes:
    """Return the content with one to eight pieces changed, put in, taken out or doubled."""
    piece = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(piece) + 1)
        until = min(len(piece), at + rng.choice([1, 1, 2, 5, 40]))
        match rng.randrange(4):
            case 0:
                piece[at:until] = rng.choice(SPICE)
            case 1:
                del piece[at:until]
            case 2:
                piece[at:at] = piece[at:until] * rng.randint(1, 3)
            case _:
                piece[at:until] = rng.randbytes(until - at)
    return bytes(piece)


def mutated_cells(rows: list[list[object]], rng: random.Random) -> list[list[object]]:
    """Return rows with cells, rows and columns exchanged, emptied or spiced."""
    table = [list(row) for row in rows]
    for _ in range(rng.randint(1, 10)):
        row = rng.choice(table)
        if not row:
            continue
        at = rng.randrange(len(row))
        match rng.randrange(5):
            case 0:
                row[at] = ""
            case 1:
                row[at] = rng.choice(CELLS)
            case 2:
                other = rng.choice(table)
                row[at] = rng.choice(other) if other else ""
            case 3:
                table.insert(rng.randrange(len(table) + 1), list(row))
            case _:
                row.insert(at, row[at])
    return table


def repacked(content: bytes, rng: random.Random) -> bytes:
    """Return a workbook one of whose parts was mutated, packed again as a sound archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        names = old.namelist()
        hit = rng.choice([name for name in names if "sheet" in name.lower() or "Strings" in name])
        for name in names:
            part = old.read(name)
            new.writestr(name, mutated(part, rng) if name == hit else part)
    return buffer.getvalue()


def read_history(content: bytes, name: str) -> AcdImport | None:
    try:
        result = read_acd_bytes(content, name)
    except WfmError:
        return None
    for item in result.days:
        assert {len(values) for values in item.columns.values()} == {1440 // item.interval_minutes}
    return result


def read_staff(content: bytes, name: str) -> PeopleImport | None:
    try:
        result = read_people_bytes(content, name, KNOWN)
    except WfmError:
        return None
    keys = {agent.key for agent in (*result.agents, *KNOWN.agents)}
    assert {item.agent for item in (*result.duties, *result.leaves, *result.wishes)} <= keys
    assert {item.agent for item in (*result.availabilities, *result.balances)} <= keys
    return result


READERS: list[Callable[[bytes, str], AcdImport | PeopleImport | None]] = [read_history, read_staff]


def check(content: bytes, name: str) -> int:
    """Read a file both ways; return how many rows were read at all."""
    rows = 0
    for read in READERS:
        result = read(content, name)
        if result is None:
            continue
        rows += result.rows
        assert result.accepted_rows >= 0
        assert result.accepted_rows + result.rejected_rows + result.skipped_rows == result.rows
        assert result.problems or not result.rejected_rows
        assert all(str(problem.as_message()) for problem in result.problems)
    return rows


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    folder: Path = tmp_path_factory.mktemp("books")
    history = write_xlsx(folder / "a.xlsx", {"11月": HISTORY})
    return [history.read_bytes(), write_xlsx(folder / "b.xlsx", PEOPLE).read_bytes()]


@pytest.mark.soak
def test_random_bytes_are_refused_in_words() -> None:
    rng = random.Random(1)
    for _ in range(repetitions(10_000, 300)):
        head = rng.choice([b"", b"PK\x03\x04", b"\xff\xfe", "日時,着信数\n".encode()])
        check(head + rng.randbytes(rng.randrange(400)), rng.choice(["a.csv", "a.xlsx", "a.txt"]))


@pytest.mark.soak
@pytest.mark.slow
def test_mutated_text_files_are_read_or_refused_in_words() -> None:
    rng = random.Random(2)
    sound = [csv_text(rows).encode() for rows in (HISTORY, *PEOPLE.values())]
    rows = 0
    for _ in range(repetitions(10_000, 300)):
        if rng.random() < 0.5:
            content = mutated(rng.choice(sound), rng)
        else:
            table = mutated_cells(rng.choice([HISTORY, *PEOPLE.values()]), rng)
            content = csv_text(table).encode()
        rows += check(content, "a.csv")
    assert rows > 0


@pytest.mark.soak
@pytest.mark.slow
def test_mutated_workbooks_are_read_or_refused_in_words(workbooks: list[bytes]) -> None:
    rng = random.Random(3)
    rows = 0
    for turn in range(repetitions(10_000, 240)):
        if turn % 3:
            change = mutated if rng.random() < 0.3 else repacked
            rows += check(change(rng.choice(workbooks), rng), "a.xlsx")
            continue
        sheets = {"11月": HISTORY} if rng.random() < 0.5 else PEOPLE
        spiced = {name: mutated_cells(table, rng) for name, table in sheets.items()}
        rows += check(xlsx_bytes(spiced), "a.xlsx")
    assert rows > 0
