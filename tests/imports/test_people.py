"""People, availability, balances and wishes from the lists that planners keep."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.imports.files import notes, reasons, write_csv, write_xlsx
from wfm.errors import WfmError
from wfm.imports import SOURCES, PeopleImport, read_people, recognise
from wfm.imports.people.balances import minutes_of
from wfm.imports.people.windows import parse_span, parse_windows
from wfm.messages import Message
from wfm.model.people import Agent, Availability, Contract, Skill, Team, Wish

CONTRACTS = (Contract("full", "正社員", ()), Contract("part", "パート", ()))
MONTH = date(2026, 11, 1)
HEAD = ["社員番号", "氏名", "契約"]


def people(tmp_path: Path, rows: list[list[Any]], **known: Any) -> PeopleImport:
    known = {"contracts": CONTRACTS, "month": MONTH} | known
    result = read_people(write_xlsx(tmp_path / "people.xlsx", {"名簿": rows}), **known)
    assert result.accepted_rows + result.rejected_rows + result.skipped_rows == result.rows
    return result


def test_every_column_of_a_person_is_read(tmp_path: Path) -> None:
    rows = [
        ["要員名簿"],
        [
            "社員番号",
            "氏名",
            "フリガナ",
            "チーム",
            "契約",
            "役職",
            "入社日",
            "生年月日",
            "時給",
            "受電",
            "チャット",
        ],
        [
            "0012",
            "佐藤　花子",
            "ｻﾄｳ ﾊﾅｺ",
            "A班",
            "正社員",
            "SV",
            date(2020, 4, 1),
            "昭和60年5月6日",
            "1,500円",
            "◎",
            "",
        ],
        [13, "鈴木 一郎", "", "", "パート", "OP", "R2.4.1", "", 1250, "○", 1],
    ]
    first, second = people(tmp_path, rows).agents
    assert first == Agent(
        "0012", "0012", "佐藤 花子", "A班", "full", {"受電": 3}, "supervisor", 100, "サトウ ハナコ",
        date(1985, 5, 6), date(2020, 4, 1), None, 1500,
    )  # fmt: skip
    assert (second.number, second.contract, second.skills) == (
        "13",
        "part",
        {"受電": 2, "チャット": 1},
    )
    assert (second.hired, second.hourly_wage, second.role) == (date(2020, 4, 1), 1250, "agent")


def test_teams_and_skills_of_the_centre_are_met_and_new_ones_listed(tmp_path: Path) -> None:
    rows = [[*HEAD, "チーム", "スキル"], ["1", "佐藤", "full", "a班", "受電、英語:3"]]
    result = people(tmp_path, rows, teams=(Team("t1", "A班"),), skills=(Skill("voice", "受電"),))
    assert (result.agents[0].team, result.agents[0].skills) == ("t1", {"voice": 2, "英語": 3})
    assert (result.teams, result.skills) == ((), (Skill("英語", "英語"),))


def test_a_known_person_keeps_the_key_and_what_the_file_does_not_say(tmp_path: Path) -> None:
    known = Agent("k1", "0012", "佐藤 花子", "t", "part", {"voice": 3}, hourly_wage=1200)
    rows = [["社員番号", "氏名", "時給"], ["0012", "田中 花子", 1300]]
    (agent,) = people(tmp_path, rows, agents=(known,)).agents
    assert (agent.key, agent.name, agent.contract, agent.skills) == (
        "k1",
        "田中 花子",
        "part",
        {"voice": 3},
    )
    assert agent.hourly_wage == 1300


@pytest.mark.parametrize(
    ("rows", "column", "reason"),
    [
        ([HEAD, ["1", "佐藤", "業務委託"]], "契約", "no such contract; there are 正社員, パート"),
        ([HEAD, ["1", "佐藤", ""]], "契約", "needs a contract"),
        ([HEAD, ["1", "佐藤", "full"], ["1", "鈴木", "full"]], "社員番号", "already in row 2"),
        (
            [["氏名", "契約"], ["佐藤 花子", "full"], ["佐藤花子", "full"]],
            "氏名",
            "already in row 2",
        ),
        ([[*HEAD, "入社日"], ["1", "佐藤", "full", "03/04/2026"]], "入社日", "not a date"),
        ([[*HEAD, "時給"], ["1", "佐藤", "full", "千円"]], "時給", "no number"),
        (
            [[*HEAD, "受電"], ["1", "佐藤", "full", "○"], ["2", "鈴木", "full", "◇"]],
            "受電",
            "marked ◎",
        ),
        ([[*HEAD, *"月火水木金土日"], ["1", "佐藤", "full", "早番のみ"]], "月", "not a span"),
        (
            [[*HEAD, *"月火水木金土日"], ["1", "佐藤", "full", date(2026, 9, 18)]],
            "月",
            "into a date",
        ),
        ([[*HEAD, "残業"], ["1", "佐藤", "full", 1.15]], "残業", "1.15 hours"),
    ],
)
def test_a_wrong_cell_refuses_its_row_and_is_named(
    tmp_path: Path, rows: list[list[Any]], column: str, reason: str
) -> None:
    known = {"skills": (Skill("voice", "受電"),)}
    result = people(tmp_path, rows, **known)
    (problem,) = result.problems
    assert (problem.row, problem.column) == (len(rows), column)
    assert reason in reasons(result)[0]
    assert len(result.agents) == len(rows) - 2
    assert result.rejected_rows == 1


def test_two_people_of_one_name_are_told_apart_by_number(tmp_path: Path) -> None:
    rows = [HEAD, ["1", "佐藤", "full"], ["2", "佐藤", "full"]]
    assert [agent.key for agent in people(tmp_path, rows).agents] == ["1", "2"]


def test_availability_is_read_per_weekday(tmp_path: Path) -> None:
    rows = [
        ["氏名", "契約", "月", "火", "水曜日", "木", "金", "土", "日"],
        ["佐藤", "full", "9-18", "9:00-18:00", "10～19", "×", "", "9-13、15-18", "22-31"],
    ]
    assert people(tmp_path, rows).availabilities == (
        Availability(
            "佐藤",
            {
                0: ((540, 1080),), 1: ((540, 1080),), 2: ((600, 1140),), 3: (),
                5: ((540, 780), (900, 1080)), 6: ((1320, 1860),),
            },
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("9-18", ((540, 1080),)),
        ("９：００～１８：００", ((540, 1080),)),
        ("9時-18時", ((540, 1080),)),
        ("9時30分～18時", ((570, 1080),)),
        ("18-", ((1080, 1440),)),
        ("-15", ((0, 900),)),
        ("午前", ((0, 720),)),
        ("22:00-7:00", ((1320, 1860),)),
        ("9-13/14-18", ((540, 780), (840, 1080))),
        ("930-1800", ((570, 1080),)),
    ],
)
def test_spans_are_read_as_planners_write_them(text: str, windows: object) -> None:
    assert parse_windows(text) == windows


@pytest.mark.parametrize("text", ["9", "9-49", "朝", "25-30", "9:75-10", "9-18-20", ""])
def test_what_is_no_span_is_said_to_be_none(text: str) -> None:
    assert isinstance(parse_windows(text), Message)


@given(st.integers(0, 1439), st.integers(1, 1440))
def test_a_span_comes_back_in_25_hour_notation(start: int, length: int) -> None:
    end = start + length
    text = f"{start // 60}:{start % 60:02d}-{end // 60}:{end % 60:02d}"
    assert parse_span(text) == (start, end)


@pytest.mark.parametrize(
    ("cell", "unit", "minutes"),
    [
        ("12:30", "", 750),
        (750, "", 750),
        ("750分", "", 750),
        (12.5, "h", 750),
        ("12時間30分", "", 750),
        ("", "", 0),
        ("--", "", 0),
        ("1:00:00", "", 60),
    ],
)
def test_overtime_is_minutes_or_hours_and_minutes(cell: object, unit: str, minutes: int) -> None:
    assert minutes_of(cell, unit) == minutes


def test_balances_open_the_month(tmp_path: Path) -> None:
    rows = [
        ["社員番号", "氏名", "契約", "残業(時間)", "有給残", "土日出勤"],
        ["1", "佐藤", "full", 12.5, "10.5日", 4],
    ]
    (balance,) = people(tmp_path, rows).balances
    assert (balance.agent, balance.month) == ("1", MONTH)
    assert (balance.overtime_minutes, balance.paid_leave_days, balance.weekend_days) == (
        750,
        10.5,
        4,
    )


def test_burdens_of_earlier_months_are_read_for_fair_shares(tmp_path: Path) -> None:
    rows = [
        ["社員番号", "氏名", "契約", "土日出勤", "祝日出勤", "遅番回数", "夜勤回数", "希望休不可"],
        ["1", "佐藤", "full", 45, 3, 60, 0, "2"],
    ]
    (balance,) = people(tmp_path, rows).balances
    assert (balance.weekend_days, balance.holiday_days, balance.late_days) == (45, 3, 60)
    assert (balance.night_days, balance.refused_wishes) == (0, 2)


def test_balances_without_a_month_are_left_out_and_said_so(tmp_path: Path) -> None:
    rows = [["社員番号", "氏名", "契約", "残業"], ["1", "佐藤", "full", 30]]
    result = people(tmp_path, rows, month=None)
    assert result.balances == ()
    assert "no month was named" in notes(result)


def test_wishes_are_a_grid_or_a_list(tmp_path: Path) -> None:
    days = list(range(1, 31))
    grid = [["2026年11月 希望休"], ["氏名", *days], ["佐藤", "×", "△", "○", "◎", "希望休", "9-15"]]
    path = write_xlsx(
        tmp_path / "a.xlsx",
        {
            "名簿": [["氏名", "契約"], ["佐藤", "full"]],
            "希望休": grid,
            "一覧": [
                ["氏名", "日付", "希望"],
                ["佐藤", date(2026, 11, 20), "希望休"],
                ["佐藤", "11/21", "×"],
            ],
        },
    )
    result = read_people(path, contracts=CONTRACTS)
    assert result.wishes == (
        Wish("佐藤", date(2026, 11, 20), "off", weight=8),
        Wish("佐藤", date(2026, 11, 1), "cannot", weight=8),
        Wish("佐藤", date(2026, 11, 2), "off", weight=3),
        Wish("佐藤", date(2026, 11, 4), "want", weight=6),
        Wish("佐藤", date(2026, 11, 5), "off", weight=8),
        Wish("佐藤", date(2026, 11, 6), "window", 540, 900, 4),
    )
    assert [(item.row, item.column) for item in result.problems] == [(3, "日付")]


def test_a_row_refused_for_its_availability_brings_no_person(tmp_path: Path) -> None:
    days = list(range(1, 31))
    sheets = {
        "名簿": [[*HEAD, *"月火水木金土日"], ["1", "佐藤", "full", "?"]],
        "勤務表": [["2026年11月"], ["氏名", *days], ["佐藤", "公"]],
    }
    result = read_people(write_xlsx(tmp_path / "a.xlsx", sheets), contracts=CONTRACTS)
    assert (result.agents, result.leaves, result.availabilities) == ((), (), ())
    assert "was refused" in reasons(result)[1]


def test_people_come_from_a_cp932_csv_too(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEAD, ["0001", "髙橋", "正社員"]], "cp932")
    assert read_people(path, contracts=CONTRACTS).agents[0].number == "0001"


def test_a_file_without_people_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(WfmError, match=r"No sheet of a\.csv was recognised"):
        read_people(write_csv(tmp_path / "a.csv", [["a", "b"], ["1", "2"]]))


def test_every_source_has_a_key_of_its_own_and_recognises_its_sheet(tmp_path: Path) -> None:
    days = list(range(1, 31))
    sheets: dict[str, list[list[Any]]] = {
        "history": [["日時", "着信数"], ["2026-11-02 09:00", 5]],
        "agents": [HEAD, ["1", "佐藤", "full"]],
        "availability": [["社員番号", "氏名", *"月火水木金土日"], ["1", "佐藤", "9-18"]],
        "balances": [["社員番号", "氏名", "残業"], ["1", "佐藤", 30]],
        "wish_list": [["氏名", "日付", "希望"], ["佐藤", "2026-11-20", "×"]],
        "wish_grid": [["希望休"], ["氏名", *days], ["佐藤", "×"]],
        "roster": [["2026年11月"], ["氏名", *days], ["佐藤", "公"]],
        "legend": [["記号", "開始", "終了"], ["早", "8:00", "17:00"]],
    }
    assert [source.key for source in SOURCES] == list(sheets)
    found = dict(recognise(write_xlsx(tmp_path / "a.xlsx", sheets)))
    for key in sheets:
        assert key in [source.key for source in found[key]]
