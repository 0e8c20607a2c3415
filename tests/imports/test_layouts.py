"""Headings of the reports that contact centres export, and what each column is taken for."""

# ruff: noqa: E501 - tables read better in one line per row

from __future__ import annotations

import numpy as np
import pytest

from tests.imports.files import csv_text
from wfm.imports import AcdImport, read_acd_bytes
from wfm.imports.aliases import aliases, is_total, normal
from wfm.model.site import ImportMapping


def read(rows: list[list[object]], **options: str) -> AcdImport:
    return read_acd_bytes(csv_text(rows).encode(), "a.csv", ImportMapping("m", {}, options))


def numbers(result: AcdImport) -> dict[str, list[float]]:
    (day,) = result.days
    return {name: values[~np.isnan(values)].tolist() for name, values in day.columns.items()}


def test_a_cloud_report_of_averages_and_a_threshold_in_the_heading() -> None:
    rows = [
        [
            "Queue",
            "StartInterval",
            "EndInterval",
            "Contacts queued",
            "Contacts handled incoming",
            "Contacts abandoned",
            "Contacts answered in 30 seconds",
            "Average queue answer time",
            "Average handle time",
            "Service level 30 seconds",
        ],
        [
            "Basic",
            "2026-11-02T00:00:00Z",
            "2026-11-02T00:30:00Z",
            10,
            9,
            1,
            8,
            "00:00:12",
            "00:05:10",
            "80.00%",
        ],
    ]
    result = read(rows)
    assert numbers(result) == {
        "offered": [10], "answered": [9], "abandoned": [1], "answered_within": [8],
        "wait_answered_s": [108], "wait_abandoned_s": [], "handle_s": [2790],
    }  # fmt: skip
    assert (result.days[0].threshold_s, result.days[0].interval_minutes) == (30, 30)


def test_percentages_beside_counts_are_not_taken_for_them() -> None:
    head = [
        "Interval Start",
        "Queue Name",
        "Offered",
        "Answer %",
        "Answered",
        "Abandon %",
        "Abandon",
        "Avg Handle",
    ]
    rows = [head, ["2026-11-22 09:00", "Sales", 10, 0.9, 9, 0.1, 1, 310_000]]
    assert read(rows).questions[0].option == "duration_unit"
    assert numbers(read(rows, duration_unit="ms"))["handle_s"] == [2790]
    assert numbers(read(rows, duration_unit="ms"))["answered"] == [9]


def test_a_percentage_alone_is_multiplied_by_the_contacts() -> None:
    result = read(
        [["日時", "着信数", "応答率(%)", "放棄(%)"], ["2026-11-02 09:00", 200, "90.0", "10.0"]]
    )
    assert (numbers(result)["answered"], numbers(result)["abandoned"]) == ([180], [20])


def test_american_dates_with_half_days_are_read_once_one_of_them_is_certain() -> None:
    head = [
        "Interval Start Time",
        "Interval End Time",
        "CSQ Name",
        "Calls Presented",
        "Calls Handled",
        "Avg Handle Time",
    ]
    rows = [head, ["11/22/2026 1:00:00 PM", "11/22/2026 1:30:00 PM", "CSQ1", 10, 9, "0:05:10"]]
    result = read(rows)
    assert result.days[0].day.isoformat() == "2026-11-22"
    assert numbers(result)["handle_s"] == [2790]


def test_a_semicolon_report_with_decimal_commas() -> None:
    text = "日付;時間帯;着信呼数;応答率;平均通話時間;平均後処理時間\r\n2026/11/02;09:00～09:30;10;90,0%;3:20;1:10\r\n"
    result = read_acd_bytes(text.encode("cp932"), "a.csv")
    assert (numbers(result)["answered"], numbers(result)["handle_s"]) == ([9], [2430])


@pytest.mark.parametrize(
    ("heading", "column", "unit", "threshold"),
    [
        ("着信数", "offered", "", None),
        ("着 信 数", "offered", "", None),
        ("ｵｰﾌｧｰ", None, "", None),
        ("Total Handle Time (Seconds)", "handle_s", "s", None),
        ("平均通話時間(分)", "talk_avg", "min", None),
        ("通話時間（平均）", "talk_avg", "", None),
        ("通話時間[h:mm:ss]", "talk_s", "", None),
        ("20秒以内応答数", "answered_within", "", 20.0),
        ("answered_within_30s", "answered_within", "", 30.0),
        ("SL(20秒)", "service_level", "", 20.0),
        ("SL%", "service_level", "", None),
        ("Answer %", "answer_rate", "", None),
        ("応答(%)", "answer_rate", "", None),
        ("aht_ms", None, "", None),
        ("aht_s", "handle_avg", "s", None),
        ("ＡＨＴ", "handle_avg", "", None),
        ("", None, "", None),
    ],
)
def test_a_heading_means_a_column_a_unit_and_a_threshold(
    heading: str, column: str | None, unit: str, threshold: float | None
) -> None:
    found = aliases("acd").match(heading)
    if column is None:
        assert found is None
    else:
        assert found is not None
        assert (found.column, found.unit, found.threshold_s) == (column, unit, threshold)


def test_no_alias_means_two_columns() -> None:
    import tomllib

    from wfm.imports.aliases import RESOURCES

    lists = tomllib.loads((RESOURCES / "import_aliases.toml").read_text("utf-8"))
    for kind in ("acd", "people"):
        seen: dict[str, str] = {}
        for column, names in lists[kind].items():
            for name in names:
                assert seen.setdefault(normal(name), column) == column, (name, column)


@pytest.mark.parametrize(
    "label",
    [
        "合計",
        "【小計】",
        "総計：",
        "Grand Total",
        "11/23 計",
        "10月計",
        "月間合計",
        "平 均",
        "TOTAL",
    ],
)
def test_labels_of_totals_are_known(label: str) -> None:
    assert is_total(label)


@pytest.mark.parametrize(
    "label", ["", "計画課", "会計", "統計窓口", "受付", "2026-11-02", "Totally"]
)
def test_other_labels_are_no_totals(label: str) -> None:
    assert not is_total(label)
