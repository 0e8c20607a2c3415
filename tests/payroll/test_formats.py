"""Payroll files: what they hold, how they write it, and what stops them."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.errors import WfmError
from wfm.model.people import Agent
from wfm.model.site import Site
from wfm.model.worktime import BANDS, DAY_KINDS, Cell, DayWork, MonthWork
from wfm.payroll import FORMATS, NOTATIONS, PayrollFile

NOVEMBER = date(2026, 11, 1)
SITE = Site("Centre")
BY_KEY = {item.key: item for item in FORMATS}
NIGHT = DayWork(
    date(2026, 11, 2),
    {
        Cell("working_day", "contract", False): 120,
        Cell("working_day", "contract", True): 360,
        Cell("working_day", "overtime", False): 75,
    },
    break_minutes=60,
)
HOLIDAY = DayWork(date(2026, 11, 8), {Cell("statutory_day_off", "statutory_holiday", False): 300})
WORK = MonthWork("a", NOVEMBER, (NIGHT, HOLIDAY), 1.5, 720, 1)


def agent(key: str = "a", number: str = "0012", name: str = "山田 花子") -> Agent:
    return Agent(key, number, name, "t", "c")


def build(
    key: str, works: list[MonthWork], agents: list[Agent], language: str = "ja", **more: str
) -> PayrollFile:
    return BY_KEY[key].build(works, agents, SITE, NOVEMBER, language, **more)


def rows_of(file: PayrollFile, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.content.decode(encoding), newline="")))


def reasons(file: PayrollFile) -> list[str]:
    return [str(problem.as_message()) for problem in file.problems]


def test_the_formats_have_different_keys_and_names() -> None:
    assert [item.key for item in FORMATS] == [
        "generic-monthly", "generic-monthly-cp932", "generic-daily",
    ]  # fmt: skip
    assert len({str(item.name) for item in FORMATS}) == len(FORMATS)


def test_a_month_is_one_row_with_night_hours_inside_their_band() -> None:
    file = build("generic-monthly", [WORK], [agent()])
    assert file.content.startswith(b"\xef\xbb\xbf")
    assert file.name == "payroll-2026-11.csv"
    assert file.rows == 1
    assert rows_of(file) == [
        {
            "従業員番号": "0012", "氏名": "山田 花子", "対象年月": "2026-11",
            "集計開始日": "2026-11-01", "集計終了日": "2026-11-30",
            "出勤日数（平日）": "1", "出勤日数（所定休日）": "0", "出勤日数（法定休日）": "1",
            "欠勤日数": "1", "有休日数": "1.5", "有休時間": "12:00", "総労働時間": "14:15",
            "所定労働時間": "8:00", "法定内残業時間": "0:00",
            "法定外残業時間（60時間以内）": "1:15", "法定外残業時間（60時間超）": "0:00",
            "法定休日労働時間": "5:00", "うち深夜時間": "6:00",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("notation", "text"), [("h:mm", "1:15"), ("decimal", "1.25"), ("minutes", "75")]
)
def test_times_are_written_in_each_notation(notation: str, text: str) -> None:
    file = build("generic-monthly", [WORK], [agent()], notation=notation)
    assert rows_of(file)[0]["法定外残業時間（60時間以内）"] == text


def test_headers_are_english_on_request() -> None:
    row = rows_of(build("generic-monthly", [WORK], [agent()], "en"))[0]
    assert row["Employee number"] == "0012"
    assert row["Of this at night"] == "6:00"


def test_the_wage_month_follows_the_closing_day() -> None:
    file = BY_KEY["generic-monthly"].build(
        [WORK], [agent()], Site("Centre", closing_day=20), NOVEMBER, "en"
    )
    assert (rows_of(file)[0]["From"], rows_of(file)[0]["To"]) == ("2026-10-21", "2026-11-20")


def test_the_cp932_file_reads_back_in_that_encoding() -> None:
    unicode, shift_jis = (
        build(key, [WORK], [agent(name="髙橋 ①")])
        for key in ("generic-monthly", "generic-monthly-cp932")
    )
    assert rows_of(shift_jis, "cp932") == rows_of(unicode)


def test_a_character_cp932_cannot_hold_is_a_problem_that_names_person_and_character() -> None:
    people = [agent(), agent("b", "0013", "𠮷田 Zoë")]
    works = [WORK, MonthWork("b", NOVEMBER)]
    file = build("generic-monthly-cp932", works, people)
    assert (file.content, file.rows) == (b"", 0)
    assert len(file.problems) == 1
    assert "𠮷田 Zoë" in reasons(file)[0]
    assert "𠮷ë" in reasons(file)[0]
    assert file.problems[0].column == "氏名"
    assert build("generic-monthly", works, people).rows == 2


@pytest.mark.parametrize("key", BY_KEY)
def test_missing_shared_and_repeated_numbers_are_all_listed_and_nothing_is_exported(
    key: str,
) -> None:
    people = [
        agent("a", "1", "Abe"), agent("b", " ", "Baba"), agent("c", "1", "Chiba"), agent("d", "4"),
    ]  # fmt: skip
    works = [MonthWork(item, NOVEMBER, (NIGHT,)) for item in ("a", "b", "c", "d", "d", "ghost")]
    file = build(key, works, people)
    assert (file.content, file.rows, file.totals) == (b"", 0, {})
    text = "\n".join(reasons(file))
    assert "ghost" in text
    assert "Baba has no employee number" in text
    assert "Abe has the same employee number as Chiba" in text
    assert "Chiba has the same employee number as Abe" in text
    assert "two rows" in text
    assert len(file.problems) == 5


def test_a_negative_figure_is_a_problem() -> None:
    wrong = MonthWork("a", NOVEMBER, paid_leave_days=-1)
    file = build("generic-monthly", [wrong], [agent()])
    assert file.problems[0].column == "有休日数"
    assert "山田 花子" in reasons(file)[0]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_name_is_never_a_formula(start: str) -> None:
    file = build("generic-monthly", [WORK], [agent(name=f"{start}HYPERLINK(0)")])
    assert rows_of(file)[0]["氏名"] == f"'{start}HYPERLINK(0)"


def test_a_day_is_one_row_of_the_daily_file() -> None:
    rows = rows_of(build("generic-daily", [WORK], [agent()]))
    assert [(row["日付"], row["勤務日区分"], row["総労働時間"]) for row in rows] == [
        ("2026-11-02", "平日", "9:15"), ("2026-11-08", "法定休日", "5:00"),
    ]  # fmt: skip
    assert (rows[0]["うち深夜時間"], rows[0]["休憩時間"]) == ("6:00", "1:00")


def test_a_day_that_reaches_into_a_day_off_counts_once() -> None:
    both = DayWork(
        date(2026, 11, 7),
        {
            Cell("working_day", "contract", False): 300,
            Cell("statutory_day_off", "statutory_holiday", True): 180,
        },
    )
    row = rows_of(build("generic-monthly", [MonthWork("a", NOVEMBER, (both,))], [agent()]))[0]
    assert (row["出勤日数（平日）"], row["出勤日数（法定休日）"]) == ("1", "0")


def test_nobody_to_pay_is_a_file_with_a_header_alone() -> None:
    file = build("generic-monthly", [], [agent()])
    assert (file.rows, file.problems) == (0, ())
    assert file.content.decode("utf-8-sig").count("\r\n") == 1


@pytest.mark.parametrize(
    "wrong", [{"language": "fr"}, {"language": "ja", "notation": "roman"}], ids=str
)
def test_an_unknown_language_or_notation_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(WfmError):
        build("generic-monthly", [WORK], [agent()], **wrong)


CELLS = st.builds(Cell, st.sampled_from(DAY_KINDS), st.sampled_from(BANDS), st.booleans())
DAYS = st.builds(
    DayWork,
    st.dates(NOVEMBER, date(2026, 11, 30)),
    st.dictionaries(CELLS, st.integers(0, 900), max_size=4),
    st.integers(0, 90),
)
WORKS = st.lists(
    st.builds(
        MonthWork, st.just("x"), st.just(NOVEMBER), st.lists(DAYS, max_size=6).map(tuple),
        st.integers(0, 10).map(lambda halves: halves / 2), st.integers(0, 4800), st.integers(0, 5),
    ),
    max_size=6,
)  # fmt: skip


@given(WORKS)
def test_totals_are_the_sums_of_the_rows_and_of_the_cube(works: list[MonthWork]) -> None:
    people = [agent(f"a{place}", str(place), f"P{place}") for place in range(len(works))]
    named = [
        MonthWork(person.key, NOVEMBER, work.days, work.paid_leave_days, work.paid_leave_minutes,
                  work.absence_days)
        for person, work in zip(people, works, strict=True)
    ]  # fmt: skip
    for key in BY_KEY:
        file = build(key, named, people, "en", notation="minutes")
        rows = rows_of(file)
        assert len(rows) == file.rows
        sums = {
            "worked": sum(work.total() for work in works),
            "night": sum(work.total(night=True) for work in works),
            **{band: sum(work.total(band) for work in works) for band in BANDS},
        }
        titles = {
            "worked": "Worked", "night": "Of this at night", "contract": "Contracted",
            "within_statutory": "Beyond contract within statutory hours",
            "overtime": "Overtime up to 60 h", "overtime_over_60h": "Overtime above 60 h",
            "statutory_holiday": "Work on statutory days off",
        }  # fmt: skip
        for name, expected in sums.items():
            assert sum(int(row[titles[name]]) for row in rows) == expected
            assert file.totals[name] == expected
        assert sums["worked"] == sum(sums[band] for band in BANDS)


@given(st.integers(0, 100_000))
def test_every_notation_reads_back_to_the_minute_or_the_hundredth(minutes: int) -> None:
    hours, rest = NOTATIONS["h:mm"](minutes).split(":")
    assert int(hours) * 60 + int(rest) == minutes
    assert int(NOTATIONS["minutes"](minutes)) == minutes
    assert abs(float(NOTATIONS["decimal"](minutes)) - minutes / 60) <= 0.005 + 1e-9
