"""Recorded data of real centres comes through an import number by number."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from tests.imports.files import notes, reasons
from wfm.imports import AcdImport, read_acd, read_history_csv
from wfm.model.site import ImportMapping

pytestmark = pytest.mark.slow


def unpacked(bench_data: Path, tmp_path: Path, name: str) -> Path:
    path = tmp_path / name
    path.write_bytes(gzip.decompress((bench_data / "arrivals" / f"{name}.gz").read_bytes()))
    return path


def sums_of_file(path: Path, column: str, minutes: int) -> dict[tuple[str, datetime], float]:
    """Return the file's own sums per queue and interval of ``minutes``, read with csv alone."""
    found: dict[tuple[str, datetime], float] = defaultdict(float)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row[column] == "":
                continue
            moment = datetime.fromisoformat(row["interval_start"])
            moment = moment.replace(minute=moment.minute // minutes * minutes)
            found[row.get("queue") or "all", moment] += float(row[column])
    return dict(found)


def sums_of_import(result: AcdImport, column: str) -> dict[tuple[str, datetime], float]:
    found: dict[tuple[str, datetime], float] = {}
    for day in result.days:
        for slot in np.flatnonzero(~np.isnan(day.columns[column])).tolist():
            hour, minute = divmod(slot * day.interval_minutes, 60)
            moment = datetime(day.day.year, day.day.month, day.day.day, hour, minute)
            found[day.queue, moment] = float(day.columns[column][slot])
    return found


def test_a_27_skill_centre_by_15_minutes(bench_data: Path, tmp_path: Path) -> None:
    path = unpacked(bench_data, tmp_path, "vanad_2014_15min.csv")
    result = read_acd(path, zone="Europe/Amsterdam")
    assert (result.rejected_rows, result.questions) == (0, ())
    assert {day.interval_minutes for day in result.days} == {15}
    assert {day.threshold_s for day in result.days} == {20.0}
    for column, heading in {
        "offered": "offered",
        "answered_within": "answered_within_20s",
        "handle_s": "handle_s",
        "wait_abandoned_s": "wait_abandoned_s",
    }.items():
        assert sums_of_import(result, column) == sums_of_file(path, heading, 15)


def test_the_same_centre_in_the_form_of_a_japanese_report(bench_data: Path, tmp_path: Path) -> None:
    path = unpacked(bench_data, tmp_path, "vanad_2014_15min.csv")
    rows = list(csv.DictReader(path.open(encoding="utf-8")))[:6_000]
    report = tmp_path / "report.csv"
    lines = ["受電実績\r\n", "日付,時間帯,窓口,着信数,応答数,放棄呼数,20秒以内応答数,処理時間\r\n"]
    for row in rows:
        moment = datetime.fromisoformat(row["interval_start"])
        seconds = int(row["handle_s"])
        lines.append(
            f"{moment:%Y年%m月%d日},{moment:%H時%M分},{row['queue']},{row['offered']},"
            f"{row['answered']},{row['abandoned']},{row['answered_within_20s']},"
            f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}\r\n"
        )
    report.write_bytes("".join(lines).encode("cp932"))
    found, plain = read_acd(report), tmp_path / "plain.csv"
    with plain.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    assert found.accepted_rows == len(rows), reasons(found)[:3]
    for column in ("offered", "answered", "handle_s", "answered_within"):
        assert sums_of_import(found, column) == sums_of_import(read_acd(plain), column)


def test_a_bank_by_5_minutes(bench_data: Path, tmp_path: Path) -> None:
    path = unpacked(bench_data, tmp_path, "usbank_2003_5min.csv")
    result = read_history_csv(path)
    assert {day.interval_minutes for day in result.days} == {5}
    assert sums_of_import(result, "offered") == sums_of_file(path, "calls", 5)


def test_a_bank_by_6_minutes_is_added_up_to_30(bench_data: Path, tmp_path: Path) -> None:
    path = unpacked(bench_data, tmp_path, "anonbank_1999_6min.csv")
    result = read_acd(path, zone="Asia/Jerusalem")
    assert "Intervals of 6 minutes were added up to 30" in notes(result)
    expected = sums_of_file(path, "calls", 30)
    # on 2 April 1999 the clock went from 2:00 to 3:00; the file has empty rows in between
    skipped = {("all", datetime(1999, 4, 2, 2, minute)) for minute in (0, 30)}
    assert {expected.pop(key) for key in skipped} == {0}
    assert sums_of_import(result, "offered") == expected
    assert (result.rejected_rows, result.skipped_rows) == (0, 10)


def test_missing_numbers_of_the_synthetic_centre_stay_missing(
    bench_data: Path, tmp_path: Path
) -> None:
    path = unpacked(bench_data, tmp_path, "synth_jp_dev_30min.csv")
    result = read_acd(path)
    assert result.rejected_rows == 0
    assert sums_of_import(result, "offered") == sums_of_file(path, "offered", 30)
    assert sums_of_import(result, "handle_s") == sums_of_file(path, "handle_s_total", 30)
    assert set(result.channels.values()) <= {"phone", "chat", "mail", "social", "outbound"}


def test_daily_totals_are_no_intervals(bench_data: Path, tmp_path: Path) -> None:
    result = read_acd(unpacked(bench_data, tmp_path, "kitchener_daily.csv"), ImportMapping("k"))
    assert result.days == ()
    assert "no time of day" in reasons(result)[0]
