"""Last month's roster from the 勤務表 that planners keep in Excel."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.imports.files import notes, reasons, write_xlsx, xlsx_bytes
from wfm.imports import Known, PeopleImport, read_people, read_people_bytes
from wfm.model.activity import BreakRule, ShiftKind
from wfm.model.people import Agent, Contract, Leave
from wfm.model.roster import Duty, PlacedBreak
from wfm.model.time import DAY_MINUTES

LUNCH = BreakRule(60, 180, 300)
EARLY = ShiftKind("early", "早番", "早", 480, 480, 30, (540,), (LUNCH,))
NIGHT = ShiftKind("night", "夜勤", "夜", 1320, 1320, 30, (540,), (LUNCH,))
KINDS = (EARLY, NIGHT, ShiftKind("late", "遅番", "遅", 780, 840, 30, (480, 540), (LUNCH,)))
CONTRACTS = (
    Contract("full", "正社員", ("early", "late", "night"), 480),
    Contract("part", "パート", (), 300),
)
AGENTS = (
    Agent("a", "0001", "佐藤 花子", "t", "full"),
    Agent("b", "0002", "鈴木 一郎", "t", "part"),
)
OCTOBER = [date(2026, 10, 1) + timedelta(days=n) for n in range(31)]
LEGEND = [
    ["記号", "開始", "終了", "休憩", "説明"],
    ["①", "9:30", "18:30", 60, "日勤"],
    ["Ｎ", "22:00", "翌7:00", 60],
    ["N", "22:00", "7:00", "1:00"],
    ["休", "0:00", "0:00", ""],
]


def grid(*people: list[Any], title: str = "2026年10月度 勤務表", days: int = 31) -> list[list[Any]]:
    """Return a roster sheet of October 2026 with a title and a row of weekdays."""
    return [
        [title],
        [],
        ["社員番号", "氏名", *range(1, days + 1)],
        ["", "", *["月火水木金土日"[day.weekday()] for day in OCTOBER[:days]]],
        *people,
    ]


def roster(tmp_path: Path, sheet: list[list[Any]], **more: Any) -> PeopleImport:
    sheets = {"勤務表": sheet, **more.pop("sheets", {})}
    known = {"shift_kinds": KINDS, "contracts": CONTRACTS, "agents": AGENTS} | more
    result = read_people(write_xlsx(tmp_path / "roster.xlsx", sheets), **known)
    assert result.accepted_rows + result.rejected_rows + result.skipped_rows == result.rows
    return result


def test_shift_kinds_of_the_centre_explain_letters_and_names(tmp_path: Path) -> None:
    result = roster(tmp_path, grid(["0001", "佐藤花子", "早", "早番 ", "夜", "明", "公"]))
    assert result.duties == (
        Duty("a", OCTOBER[0], 480, 1020, (PlacedBreak(720, 60),), "early", "早"),
        Duty("a", OCTOBER[1], 480, 1020, (PlacedBreak(720, 60),), "early", "早"),
        Duty("a", OCTOBER[2], 1320, 1860, (PlacedBreak(1560, 60),), "night", "夜"),
    )
    assert result.leaves == (Leave("a", OCTOBER[4], "day_off"),)


@pytest.mark.parametrize(
    ("code", "kind", "minutes"),
    [
        ("公", "day_off", 0),
        ("休 ", "day_off", 0),
        ("×", "day_off", 0),
        ("／", "day_off", 0),
        ("有", "paid_leave", 480),
        ("午前", "half_leave", 240),
        ("AM", "half_leave", 240),
        ("午後", "half_leave", 240),
        ("ＰＭ", "half_leave", 240),
        ("代", "compensatory_off", 0),
        ("振", "substitute_off", 0),
        ("特", "special_leave", 0),
        ("研", "training", 480),
        ("欠", "absence", 0),
        ("希望休", "day_off", 0),
    ],
)
def test_codes_of_leave_are_known(tmp_path: Path, code: str, kind: str, minutes: int) -> None:
    assert roster(tmp_path, grid(["0001", "佐藤花子", code])).leaves == (
        Leave("a", OCTOBER[0], kind, minutes),
    )


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("8-17", 480, 1020),
        ("8:00-17:00", 480, 1020),
        ("10～19", 600, 1140),
        ("22-31", 1320, 1860),
        ("22:00-7:00", 1320, 1860),
    ],
)
def test_spans_are_shifts(tmp_path: Path, cell: str, start: int, end: int) -> None:
    (duty,) = roster(tmp_path, grid(["0001", "佐藤花子", cell])).duties
    assert (duty.start, duty.end, duty.worked_minutes) == (start, end, 480)
    assert duty.kind == {480: "early", 1320: "night"}.get(start, "")


def test_a_legend_explains_its_codes_before_anything_else(tmp_path: Path) -> None:
    result = roster(
        tmp_path, grid(["0001", "佐藤花子", "①", "N", "休", "9:30-18:30"]), sheets={"凡例": LEGEND}
    )
    assert [(duty.start, duty.end, duty.letter) for duty in result.duties] == [
        (570, 1110, "1"), (1320, 1860, "N"), (570, 1110, "1"),
    ]  # fmt: skip
    assert result.leaves == (Leave("a", OCTOBER[2], "day_off"),)
    assert [(item.row, item.column, item.value) for item in result.problems] == [
        (3, "終了", "翌7:00")
    ]


def test_a_legend_may_stand_below_the_roster(tmp_path: Path) -> None:
    sheet = grid(
        ["0001", "佐藤花子", "日"],
        ["", "日", *([1] * 31)],
        [],
        ["記号", "開始", "終了"],
        ["日", "9:00", "17:30"],
    )
    (duty,) = roster(tmp_path, sheet).duties
    assert (duty.start, duty.end, duty.worked_minutes) == (540, 1050, 465)


def test_a_double_code_is_its_shift_and_says_what_was_left_out(tmp_path: Path) -> None:
    result = roster(tmp_path, grid(["0001", "佐藤花子", "早/研", "早/AM"]))
    assert [duty.day for duty in result.duties] == [OCTOBER[0]]
    assert [leave.kind for leave in result.leaves] == ["half_leave"]
    assert "training beside a shift" in notes(result)
    assert "half days of leave" in notes(result)


def test_half_width_katakana_names_a_shift(tmp_path: Path) -> None:
    kinds = (ShiftKind("n", "ヤキン", "ヤ", 1320, 1320, 30, (540,)),)
    (duty,) = roster(tmp_path, grid(["0001", "佐藤花子", "ﾔｷﾝ "]), shift_kinds=kinds).duties
    assert duty.kind == "n"


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        (["早", "謎"], "2", "neither in a legend"),
        (["早/遅"], "1", "neither in a legend"),
        ([date(2026, 9, 18)], "1", "into a date"),
        (["有/公"], "1", "cannot be together"),
    ],
)
def test_an_unreadable_cell_refuses_the_row_and_names_the_day(
    tmp_path: Path, cells: list[Any], column: str, reason: str
) -> None:
    result = roster(tmp_path, grid(["0001", "佐藤花子", *cells], ["0002", "鈴木一郎", "公"]))
    (problem,) = result.problems
    assert (problem.row, problem.column) == (5, column)
    assert reason in reasons(result)[0]
    assert {item.agent for item in (*result.duties, *result.leaves)} == {"b"}


def test_the_31st_of_a_short_month_is_refused_only_where_it_is_filled(tmp_path: Path) -> None:
    sheet = [
        ["2026年11月"],
        ["氏名", *range(1, 32)],
        ["佐藤花子", *["公"] * 30],
        ["鈴木一郎", *["公"] * 31],
    ]
    result = roster(tmp_path, sheet)
    assert [(item.row, item.column) for item in result.problems] == [(4, "31")]
    assert "no such day" in reasons(result)[0]
    assert len(result.leaves) == 30


def test_somebody_unknown_and_somebody_twice_are_refused(tmp_path: Path) -> None:
    people = [
        ["", "山田 太郎", "公"],
        ["0001", "佐藤花子", "公"],
        ["0001", "佐藤花子", "公"],
        ["0002", "佐藤花子", "公"],
    ]
    result = roster(tmp_path, grid(*people))
    assert [item.row for item in result.problems] == [5, 7, 8]
    text = "\n".join(reasons(result))
    assert "not in the list of people" in text
    assert "already in row 6" in text
    assert "belongs to 鈴木 一郎" in text


def test_counts_below_the_people_are_no_people(tmp_path: Path) -> None:
    sheet = grid(
        ["0001", "佐藤花子", "早"],
        ["", "早", *[1] * 31],
        ["", "出勤人数", *[2] * 31],
        ["", "その他", *[0] * 31],
    )
    result = roster(tmp_path, sheet)
    assert (result.accepted_rows, result.rejected_rows, result.skipped_rows) == (1, 0, 3)


def test_the_month_comes_from_title_sheet_or_caller(tmp_path: Path) -> None:
    bare = [["氏名", *range(1, 29)], ["佐藤花子", "公"]]
    assert "month of this roster is not known" in reasons(roster(tmp_path, bare))[0]
    named = roster(tmp_path, bare, month=date(2026, 2, 1))
    assert named.leaves[0].day == date(2026, 2, 1)
    path = write_xlsx(tmp_path / "b.xlsx", {"9月": bare})
    nearest = read_people(path, agents=AGENTS, month=date(2026, 11, 1))
    assert nearest.leaves[0].day == date(2026, 9, 1)


def test_dates_in_the_headings_need_no_month(tmp_path: Path) -> None:
    sheet = [["氏名", *OCTOBER[5:20]], ["佐藤花子", "公"]]
    assert roster(tmp_path, sheet).leaves[0].day == OCTOBER[5]


def test_weekdays_that_contradict_the_month_are_noticed(tmp_path: Path) -> None:
    result = roster(tmp_path, grid(["0001", "佐藤花子", "公"], title="2026年11月度", days=30))
    assert "not those of 2026-11" in reasons(result)[0]
    assert result.leaves == ()


def test_weekdays_tell_which_month_a_wage_month_begins_in(tmp_path: Path) -> None:
    first = date(2026, 9, 16)
    days = [first + timedelta(days=n) for n in range(30)]
    head = ["氏名", *[day.day for day in days]]
    weekdays = ["", *["月火水木金土日"[day.weekday()] for day in days]]
    sheet = [["2026年10月度"], head, weekdays, ["佐藤花子", *["公"] * 30]]
    assert [leave.day for leave in roster(tmp_path, sheet).leaves] == days
    without = roster(tmp_path, [sheet[0], head, sheet[3]])
    assert "over a month's end" in reasons(without)[0]


def test_a_kind_with_several_starts_takes_its_first_and_the_contract_s_length(
    tmp_path: Path,
) -> None:
    result = roster(tmp_path, grid(["0001", "佐藤花子", "遅"]))
    assert [(duty.start, duty.end) for duty in result.duties] == [(780, 1320)]
    assert "several starts" in notes(result)


shifts = st.tuples(
    st.integers(0, 95).map(lambda n: n * 15), st.integers(12, 48).map(lambda n: n * 15)
)
cells = st.one_of(
    st.none(),
    shifts,
    st.sampled_from(["day_off", "paid_leave", "training", "absence", "special_leave"]),
)
CODES = {
    "day_off": "公",
    "paid_leave": "有",
    "training": "研",
    "absence": "欠",
    "special_leave": "特",
}


@given(st.lists(st.lists(cells, min_size=31, max_size=31), min_size=1, max_size=2))
def test_a_roster_written_as_spans_and_codes_is_read_back(plan: list[list[Any]]) -> None:
    def written(cell: Any) -> str:
        if isinstance(cell, tuple):
            start, end = cell[0], cell[0] + cell[1]
            return f"{start // 60}:{start % 60:02d}-{end // 60}:{end % 60:02d}"
        return CODES.get(cell, "")

    rows = [
        [agent.number, agent.name, *map(written, line)]
        for agent, line in zip(AGENTS, plan, strict=False)
    ]
    known = Known(contracts=CONTRACTS, agents=AGENTS)
    result = read_people_bytes(xlsx_bytes({"勤務表": grid(*rows)}), "a.xlsx", known)
    expected = {
        (agent.key, OCTOBER[n]): (cell if isinstance(cell, str) else (cell[0], cell[0] + cell[1]))
        for agent, line in zip(AGENTS, plan, strict=False)
        for n, cell in enumerate(line)
        if cell is not None
    }
    found: dict[tuple[str, date], Any] = {
        (item.agent, item.day): item.kind for item in result.leaves
    }
    found |= {(duty.agent, duty.day): (duty.start, duty.end) for duty in result.duties}
    assert result.problems == ()
    assert found == expected
    for duty in result.duties:
        assert all(duty.start < item.start and item.end < duty.end for item in duty.breaks)
        legal = 0 if duty.worked_minutes <= 360 else 45 if duty.worked_minutes <= 480 else 60
        assert duty.span_minutes - duty.worked_minutes >= legal
        assert duty.end <= 2 * DAY_MINUTES
