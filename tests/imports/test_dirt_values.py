"""The dirt of real interval files, part two: headings, numbers, totals, duplicates."""

# ruff: noqa: E501 - tables read better in one line per row

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.imports.files import acd, cells, notes, only_day, reasons, write_csv, write_xlsx
from wfm.imports import read_acd
from wfm.model.site import ImportMapping
from wfm.model.workload import HISTORY_COLUMNS, Queue

HEAD = ["日時", "窓口", "着信数", "応答数", "放棄呼数", "処理時間(秒)"]


def half_hours(count: int, day: str = "2026-11-02") -> list[str]:
    return [f"{day} {9 + n // 2:02d}:{n % 2 * 30:02d}" for n in range(count)]


def at(result: object, column: str, slot: int = 18) -> float:
    return float(only_day(result).columns[column][slot])  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_item_1_every_encoding_gives_the_same_history(tmp_path: Path, encoding: str) -> None:
    rows = [HEAD, ["2026-11-02 09:00", "髙島窓口", 5, 4, 1, 900]]
    result = acd(tmp_path, rows, encoding=encoding)
    assert cells(result) == {("髙島窓口", "2026-11-02", "09:00"): 5}
    assert result.mapping.options["encoding"] in {encoding, "utf-16"}


@pytest.mark.parametrize("nothing", ["--", "—", "-", "N/A", "#DIV/0!", ""])
def test_item_3_not_recorded_is_not_zero(tmp_path: Path, nothing: str) -> None:
    result = acd(tmp_path, [HEAD, ["2026-11-02 09:00", "a", nothing, 4, 1, 900]])
    assert np.isnan(at(result, "offered"))
    assert at(result, "answered") == 4
    assert result.accepted_rows == 1


@pytest.mark.parametrize(
    "text", ["0:05:25", "05:25", "325", "５分25秒", "0:05:25.0", "５：２５", "325.0", " 5:25 "]
)
def test_item_5_an_average_in_any_clock_form_becomes_a_sum(tmp_path: Path, text: str) -> None:
    result = acd(tmp_path, [["日時", "応答数", "平均処理時間"], ["2026-11-02 09:00", 4, text]])
    assert at(result, "handle_s") == 4 * 325


def test_item_5_a_switch_with_blank_padded_seconds(tmp_path: Path) -> None:
    rows = [
        ["row_date", "starttime", "split", "callsoffered", "acdcalls", "abncalls", "acdtime", "holdtime", "acwtime", "anstime"],
        ["2026-11-02", "0900", "12", 10, 8, 2, "31: 5", ":05", "2:00", ":00"],
    ]  # fmt: skip
    result = acd(tmp_path, rows)
    assert at(result, "handle_s") == 1865 + 5 + 120
    assert at(result, "wait_answered_s") == 0
    assert result.days[0].queue == "12"


def test_item_5_sums_in_hours_and_minutes_are_told_by_their_size(tmp_path: Path) -> None:
    rows = [["日時", "応答数", "処理時間"], ["2026-11-02 09:00", 40, "2:40"]]
    assert at(acd(tmp_path, rows), "handle_s") == 160 * 60
    rows = [["日時", "応答数", "処理時間"], ["2026-11-02 09:00", 4, "20:00"]]
    assert at(acd(tmp_path, rows), "handle_s") == 1200


def test_item_5_a_clock_that_fits_two_readings_is_asked_for(tmp_path: Path) -> None:
    rows = [["日時", "応答数", "処理時間"], ["2026-11-02 09:00", 1, "0:50"]]
    result = acd(tmp_path, rows)
    assert result.questions[0].option == "clock_parts"
    assert at(acd(tmp_path, rows, options={"clock_parts": "h:mm"}), "handle_s") == 3000
    assert at(acd(tmp_path, rows, options={"clock_parts": "m:ss"}), "handle_s") == 50


@pytest.mark.parametrize(
    ("value", "unit"),
    [("325000", "ms"), ("0.00376157", "day"), ("5.4167", "min"), ("5.25", "m.ss")],
)
def test_item_5_a_unit_that_seconds_cannot_explain_is_asked_for(
    tmp_path: Path, value: str, unit: str
) -> None:
    rows = [["日時", "応答数", "AHT"], ["2026-11-02 09:00", 4, value]]
    asked = acd(tmp_path, rows)
    assert asked.questions[0].option == "duration_unit"
    assert unit in asked.questions[0].choices
    assert (asked.accepted_rows, asked.rejected_rows, asked.days) == (0, 1, ())
    answered = acd(tmp_path, rows, options={"duration_unit": unit})
    assert at(answered, "handle_s") == pytest.approx(4 * 325, abs=0.02)


def test_item_5_a_unit_in_the_heading_needs_no_question(tmp_path: Path) -> None:
    for heading, value in [("平均処理時間(ミリ秒)", 325_000), ("AHT (min)", 5.5), ("aht_s", 3)]:
        rows = [["日時", "応答数", heading], ["2026-11-02 09:00", 4, value]]
        assert not acd(tmp_path, rows).questions, heading


def test_item_5_day_fractions_of_a_workbook_are_exact(tmp_path: Path) -> None:
    rows = [
        ["日時", "応答数", "処理時間"],
        ["2026-11-02 09:00", 400, timedelta(hours=30, seconds=5)],
    ]
    assert at(read_acd(write_xlsx(tmp_path / "a.xlsx", {"x": rows})), "handle_s") == 108_005


def test_item_5_minutes_typed_as_hours_are_told_by_their_size(tmp_path: Path) -> None:
    rows = [["日時", "応答数", "平均処理時間"], ["2026-11-02 09:00", 4, time(5, 25)]]
    assert at(read_acd(write_xlsx(tmp_path / "a.xlsx", {"x": rows})), "handle_s") == 4 * 325
    rows = [["日時", "応答数", "平均処理時間"], ["2026-11-02 09:00", 4, time(0, 5)]]
    assert at(read_acd(write_xlsx(tmp_path / "b.xlsx", {"x": rows})), "handle_s") == 4 * 300


def test_item_6_decimals_on_base_sixty_are_never_guessed(tmp_path: Path) -> None:
    rows = [["日時", "応答数", "処理時間"], ["2026-11-02 09:00", 20, "1.15"]]
    asked = acd(tmp_path, rows)
    assert {"h", "h.mm"} <= set(asked.questions[0].choices)
    assert at(acd(tmp_path, rows, options={"duration_unit": "h"}), "handle_s") == pytest.approx(
        4140
    )
    assert at(acd(tmp_path, rows, options={"duration_unit:処理時間": "h.mm"}), "handle_s") == 4500


def test_item_7_separators_and_full_width_signs(tmp_path: Path) -> None:
    rows = [
        ["日時", "着信数", "応答数", "応答率", "サービスレベル(20秒)"],
        ["２０２６－１１－０２　０９：００", "1,234", "１，０００", "８１．０％", "80.0%"],
    ]
    result = acd(tmp_path, rows)
    assert (at(result, "offered"), at(result, "answered")) == (1234, 1000)
    assert at(result, "answered_within") == round(0.8 * 1234)
    assert result.days[0].threshold_s == 20


def test_item_8_totals_are_dropped_and_compared(tmp_path: Path) -> None:
    rows = [HEAD]
    rows += [[label, "a", 10, 9, 1, 900] for label in half_hours(4)]
    rows += [["小計", "", 40, 36, 4, 3600], HEAD]
    rows += [[label, "a", 5, 5, 0, 900] for label in half_hours(2, "2026-11-03")]
    rows += [
        ["小計", "", 10, 10, 0, 1800],
        ["総合計", "", 51, 46, 4, 5400],
        ["平均", "", 8.5, 7, 1, 900],
    ]
    result = acd(tmp_path, rows)
    assert (result.accepted_rows, result.rejected_rows, result.skipped_rows) == (6, 0, 5)
    assert "4 rows of totals were left out" in notes(result)
    assert "1 repeated heading was left out" in notes(result)
    assert "The total in row 11 says 51 contacts" in notes(result)
    assert notes(result).count("The total in row") == 1


def test_item_8_a_total_over_the_queues_of_an_interval_is_no_queue(tmp_path: Path) -> None:
    rows = [HEAD]
    for label in half_hours(2):
        rows += [
            [label, "a", 10, 9, 1, 900],
            [label, "b", 5, 5, 0, 500],
            [label, "合計", 15, 14, 1, 1400],
        ]
    result = acd(tmp_path, rows)
    assert {day.queue for day in result.days} == {"a", "b"}
    assert "says" not in notes(result)


def test_item_9_titles_and_merged_headings(tmp_path: Path) -> None:
    rows = [
        ["コールセンターレポート"], ["期間", "2026/11/02 ～ 2026/11/02"], [],
        ["集計開始日時", "コールセンター名", "着信", "", "通話時間", "", "", "後処理時間", ""],
        ["", "", "件数", "応答", "合計", "平均", "最大", "合計", "平均"],
        ["2026/11/02 09:00:00", "受付", 10, 9, "0:30:00", "0:03:20", "0:09:00", "0:09:00", "0:01:00"],
    ]  # fmt: skip
    result = acd(tmp_path, rows)
    assert (at(result, "offered"), at(result, "answered")) == (10, 9)
    assert at(result, "handle_s") == 1800 + 540
    assert result.preview.header_row == 4
    assert result.mapping.columns["通話時間 合計"] == "talk_s"


def test_item_9_blank_columns_and_rows_do_no_harm(tmp_path: Path) -> None:
    rows = [
        ["", "日時", "", "着信数"],
        [],
        ["", "2026-11-02 09:00", "", 7],
        [],
        ["", "2026-11-02 09:30", "", 8],
    ]
    result = acd(tmp_path, rows)
    assert (result.rows, result.accepted_rows) == (2, 2)


def test_item_14_answered_may_exceed_offered_across_a_border(tmp_path: Path) -> None:
    rows = [HEAD, ["2026-11-02 09:00", "a", 3, 5, 0, 900], ["2026-11-02 09:30", "a", 1, 90, 0, 900]]
    result = acd(tmp_path, rows)
    assert [(item.row, item.column) for item in result.problems] == [(3, "応答数")]
    assert "waited across the border" in notes(result)


def test_item_15_a_queue_renamed_in_mid_history_goes_on(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ["2026-03-31 09:00", "旧窓口", 1, 1, 0, 300],
        ["2026-04-01 09:00", "旧窓口", 2, 2, 0, 300],
    ]
    options = {"queue:旧窓口 until 2026-03-31": "support", "queue:旧窓口": "sales"}
    found = cells(acd(tmp_path, rows, options=options))
    assert {queue: value for (queue, _, _), value in found.items()} == {"support": 1, "sales": 2}


def test_known_queues_are_met_by_name(tmp_path: Path) -> None:
    queue = Queue("voice", "カード 窓口", "voice")
    result = acd(tmp_path, [HEAD, ["2026-11-02 09:00", "カード窓口", 1, 1, 0, 300]], queues=[queue])
    assert result.days[0].queue == "voice"


def test_item_17_identical_rows_count_once_and_different_ones_not_at_all(tmp_path: Path) -> None:
    rows = [HEAD, *[[label, "a", 10, 9, 1, 900] for label in half_hours(4)]]
    rows += [rows[1], [half_hours(2)[1], "a", 11, 9, 1, 900]]
    result = acd(tmp_path, rows)
    assert (result.accepted_rows, result.rejected_rows, result.skipped_rows) == (3, 2, 1)
    assert sorted(item.row or 0 for item in result.problems) == [3, 7]
    assert "duplicates" in reasons(result)[0]
    assert ("a", "2026-11-02", "09:30") not in cells(result)


@pytest.mark.parametrize(("policy", "value"), [("sum", 21), ("first", 10), ("last", 11)])
def test_item_17_a_mapping_says_what_to_do_with_duplicates(
    tmp_path: Path, policy: str, value: float
) -> None:
    rows = [
        HEAD,
        ["2026-11-02 09:00", "a", 10, 9, 1, 900],
        ["2026-11-02 09:00", "a", 11, 9, 1, 900],
    ]
    result = acd(tmp_path, rows, options={"duplicates": policy})
    assert at(result, "offered") == value
    assert result.accepted_rows == 2


def test_rows_of_skill_sets_and_languages_are_added_up(tmp_path: Path) -> None:
    rows = [
        ["Interval Start UTC Date", "Queue", "Media Type", "Skill Set", "Language", "Offered", "Interactions Handled", "Total Handle Time (Seconds)"],
        ["2026-11-02T00:00:00Z", "Help", "Voice", "A|||B", "ja", 3, 3, 900],
        ["2026-11-02T00:00:00Z", "Help", "Voice", "A", "en", 2, 2, 400],
    ]  # fmt: skip
    result = acd(tmp_path, rows)
    assert (at(result, "offered"), at(result, "handle_s")) == (5, 1300)
    assert result.channels == {"Help": "phone"}


def test_channels_of_one_queue_are_kept_apart_unless_the_mapping_adds_them(tmp_path: Path) -> None:
    rows = [
        ["日時", "窓口", "メディア", "着信数"],
        ["2026-11-02 09:00", "a", "電話", 3],
        ["2026-11-02 09:00", "a", "チャット", 2],
    ]
    result = acd(tmp_path, rows)
    assert result.channels == {"a-phone": "phone", "a-chat": "chat"}
    assert result.queue_names == {"a-phone": "a (phone)", "a-chat": "a (chat)"}
    added = acd(tmp_path, rows, options={"channels": "sum", "duplicates": "sum"})
    assert cells(added) == {("a", "2026-11-02", "09:00"): 5}


def test_item_20_a_contact_may_be_longer_than_its_interval(tmp_path: Path) -> None:
    result = acd(tmp_path, [HEAD, *[[label, "a", 1, 1, 0, 4000] for label in half_hours(3)]])
    assert result.accepted_rows == 3
    assert "lasts longer than the interval" in notes(result)


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ([-5, 0, 0, 0], "着信数", "less than nothing"),
        ([2_000_000, 1, 0, 300], "着信数", "more than 1000000 contacts"),
        ([5, 4, 0, 900_000], "処理時間(秒)", "more than 24 hours"),
        ([5, "many", 0, 300], "応答数", "not a number"),
        ([5, 4, 0, "long"], "処理時間(秒)", "not a length of time"),
        ([5, 4, 99, 300], "放棄呼数", "more than were offered"),
    ],
)
def test_absurd_values_refuse_their_row_alone(
    tmp_path: Path, row: list[object], column: str, reason: str
) -> None:
    rows = [HEAD, *[[label, "a", 5, 4, 1, 900] for label in half_hours(3)]]
    rows.append(["2026-11-02 15:00", "a", *row])
    result = acd(tmp_path, rows)
    assert (result.accepted_rows, result.rejected_rows) == (3, 1)
    assert [(item.file, item.row, item.column) for item in result.problems] == [
        ("acd.csv", 5, column)
    ]
    assert reason in reasons(result)[0]
    assert result.problems[0].value in {str(value) for value in row}


def test_averages_of_no_contact_are_no_gap(tmp_path: Path) -> None:
    rows = [
        ["日時", "着信数", "応答数", "AHT"],
        ["2026-11-02 09:00", 0, 0, "--"],
        ["2026-11-02 09:30", 2, 2, "300"],
    ]
    assert only_day(acd(tmp_path, rows)).columns["handle_s"][18:20].tolist() == [0, 600]


@pytest.mark.parametrize(
    ("definition", "within"),
    [
        ("answered_of_offered", 80), ("short_abandons_excluded", 76),
        ("abandons_counted", 75), ("answered_of_answered", 72),
    ],
)  # fmt: skip
def test_a_service_level_becomes_a_count_by_its_definition(
    tmp_path: Path, definition: str, within: float
) -> None:
    rows = [
        ["日時", "着信数", "応答数", "即切り", "SL(30秒)"],
        ["2026-11-02 09:00", 100, 90, 5, "80%"],
    ]
    result = acd(tmp_path, rows, options={"service_level_definition": definition})
    assert (at(result, "answered_within"), result.days[0].threshold_s) == (within, 30)


def test_every_measure_of_every_day_is_an_array_of_its_length(tmp_path: Path) -> None:
    day = only_day(acd(tmp_path, [["日時", "着信数"], ["2026-11-02 09:00", 5]]))
    assert tuple(day.columns) == HISTORY_COLUMNS
    assert {len(values) for values in day.columns.values()} == {48}
    assert not any(values.flags.writeable for values in day.columns.values())


def test_a_file_of_calls_alone_is_the_queue_all(tmp_path: Path) -> None:
    assert cells(acd(tmp_path, [["interval_start", "calls"], ["2026-11-02 09:00", 5]])) == {
        ("all", "2026-11-02", "09:00"): 5
    }


def test_answered_alone_is_taken_as_offered_and_said_so(tmp_path: Path) -> None:
    result = acd(tmp_path, [["日時", "応答数"], ["2026-11-02 09:00", 5]])
    assert at(result, "offered") == 5
    assert "Lost contacts are missing" in notes(result)


def test_a_file_without_headings_is_mapped_by_position(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "a.csv", [["2013/01/01", "09", "HELP", 5], ["2013/01/01", "10", "HELP", 6]]
    )
    assert read_acd(path).questions[0].option == "columns"
    columns = {"#1": "date", "#2": "time", "#3": "queue", "#4": "offered"}
    result = read_acd(path, ImportMapping("m", columns, {"header_row": "0"}))
    assert cells(result) == {("HELP", "2013-01-01", "09:00"): 5, ("HELP", "2013-01-01", "10:00"): 6}


def test_sheets_of_a_workbook_are_queues_when_no_column_names_them(tmp_path: Path) -> None:
    rows = [["日時", "着信数"], ["2026-11-02 09:00", 5]]
    path = write_xlsx(tmp_path / "a.xlsx", {"受付": rows, "技術": rows, "表紙": [["社外秘"]]})
    assert {day.queue for day in read_acd(path).days} == {"受付", "技術"}
    months = write_xlsx(
        tmp_path / "b.xlsx", {"11月": rows, "12月": [rows[0], ["2026-12-01 09:00", 6]]}
    )
    assert {day.queue for day in read_acd(months).days} == {"all"}
    one = read_acd(path, ImportMapping("m", {}, {"sheet": "技術", "queue": "tech"}))
    assert {day.queue for day in one.days} == {"tech"}


def test_a_remark_below_the_table_is_no_row(tmp_path: Path) -> None:
    rows = [HEAD, ["2026-11-02 09:00", "a", 5, 4, 1, 900], ["※速報値を含みます"]]
    result = acd(tmp_path, rows)
    assert (result.accepted_rows, result.rejected_rows, result.skipped_rows) == (1, 0, 1)
