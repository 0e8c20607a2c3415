"""Messages, numbers and dates in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from ui import translate
from ui.translate import (
    compile_catalogue,
    format_date,
    format_day,
    format_days,
    format_hours,
    format_number,
    format_percent,
    format_weekday,
    language_from_environment,
    render_in,
    translator,
)
from wfm.messages import message, render

MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"TOBAN_LANG": "ja"}, "ja"),
        ({"TOBAN_LANG": "en", "LANG": "ja_JP.UTF-8"}, "en"),
        ({"LC_ALL": "ja_JP.UTF-8", "LANG": "en_GB.UTF-8"}, "ja"),
        ({"LC_ALL": "", "LANG": "ja_JP"}, "ja"),
        ({"LC_MESSAGES": "ja_JP", "LANG": "C"}, "ja"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_follows_the_environment(environ: dict[str, str], language: str) -> None:
    assert language_from_environment(environ) == language


def test_english_is_the_key_and_needs_no_catalogue() -> None:
    text = message("Page {page} of {pages}", page=1, pages=3)
    assert render_in("en")(text) == "Page 1 of 3"
    assert render_in("ja")(text) == "1 / 3 ページ"


def test_a_context_tells_equal_words_apart() -> None:
    letter = message("A", context="roster letter")
    assert render_in("ja")(letter) == "欠"
    assert render_in("ja")(message("A")) == "A"


def test_a_plural_is_chosen_by_the_count() -> None:
    for count, english in ((1, "1 case"), (2, "2 cases")):
        text = message("{count} case", plural="{count} cases", count=count)
        assert render_in("en")(text) == english
        assert render_in("ja")(text) == f"{count} 件"


def test_a_message_inside_a_message_is_translated_too() -> None:
    outer = message("{place}: {reason}", place="a.csv", reason=message("Name"))
    assert render_in("ja")(outer) == "a.csv: 名前"


def test_values_are_written_as_the_language_writes_them() -> None:
    text = message("{place}: {reason}", place=MONDAY, reason=1234.5)
    assert render_in("en")(text) == "Mon 30 Nov 2026: 1,234.5"
    assert render_in("ja")(text) == "2026年11月30日（月）: 1,234.5"
    years = message("{place}: {reason}", place=2026, reason=Decimal("0.25"))
    assert render_in("ja")(years) == "2026: 0.25"


def test_an_own_format_in_a_template_is_kept() -> None:
    assert render_in("ja")(message("{seconds:.1f} s", seconds=2.345)) == "2.3 s"


def test_an_unknown_template_is_shown_in_english() -> None:
    unknown = message("No catalogue holds {this}", this="x")
    assert render(unknown, translator("ja")) == "No catalogue holds x"


def test_dates_read_as_each_language_writes_them() -> None:
    assert format_date(MONDAY, "ja") == "2026年11月30日（月）"
    assert format_date(MONDAY, "en", short=True) == "Mon 30 Nov"
    assert format_day(MONDAY, "ja") == "30 月"
    assert format_day(MONDAY, "en") == "Mon 30"
    assert (format_weekday(MONDAY, "ja"), format_weekday(MONDAY, "en")) == ("月", "Mon")
    assert format_days(MONDAY, 7, "ja") == "2026年11月30日（月）〜12月6日（日）"
    assert format_days(MONDAY, 7, "en") == "Mon 30 Nov – Sun 6 Dec 2026"
    assert format_days(date(2026, 12, 28), 7, "en") == "Mon 28 Dec 2026 – Sun 3 Jan 2027"
    assert format_days(MONDAY, 1, "en") == "Mon 30 Nov 2026"


def test_numbers_are_grouped_and_rounded() -> None:
    assert format_number(1234567, "ja") == "1,234,567"
    assert format_number(12.0, "en", 2) == "12"
    assert format_hours(1781, "en") == "1,781.0"
    assert format_hours(11.46, "ja") == "11.5"
    assert format_percent(0.0213, "en") == "2.1 %"


def test_a_compiled_catalogue_is_kept_and_renewed_when_the_source_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_a, **_k: str(tmp_path / "cache"))
    source = tmp_path / "ja.po"
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    for word in ("一", "二"):
        source.write_text(f'{head}msgid "One"\nmsgstr "{word}"\n', encoding="utf-8")
        for _ in range(2):
            assert translate._catalogue(source).gettext("One") == word
    assert len(list((tmp_path / "cache" / "translations").iterdir())) == 1


def test_a_damaged_cache_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_a, **_k: str(tmp_path))
    source = translate.CATALOGUES / "ja.po"
    translate._catalogue(source)
    kept = next((tmp_path / "translations").iterdir())
    kept.write_bytes(b"no catalogue")
    assert translate._catalogue(source).gettext("Name") == "名前"


def test_a_cache_that_cannot_be_written_is_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_a, **_k: str(blocked))
    assert translate._catalogue(translate.CATALOGUES / "ja.po").gettext("Name") == "名前"


def test_compiling_keeps_every_translation() -> None:
    content = b'msgid ""\nmsgstr ""\n\nmsgctxt "c"\nmsgid "A"\nmsgstr "B"\n'
    assert b"c\x04A" in compile_catalogue(content)


def test_a_date_that_comes_back_from_the_log_as_text_reads_as_a_date() -> None:
    said = message("Move the shift of {agent} on {day}", agent="a", day="2026-12-01")
    assert render_in("en")(said) == "Move the shift of a on Tue 1 Dec 2026"
    no_date = message("Week {week} and {text}", week="2026-W49", text="2026-13-41")
    assert render_in("en")(no_date) == "Week 2026-W49 and 2026-13-41"


def test_an_instant_is_told_on_the_clock_of_the_zone() -> None:
    late = datetime(2026, 11, 23, 23, 5, tzinfo=UTC)
    inner = message("changed at {at}", at=late)
    text = message("Not undone: {reason}", reason=inner)
    assert render_in("en", "Asia/Tokyo")(text) == "Not undone: changed at Tue 24 Nov 2026 08:05"
    assert "2026年11月24日（火） 08:05" in render_in("ja", "Asia/Tokyo")(text)
    assert render_in("en", "America/New_York")(inner) == "changed at Mon 23 Nov 2026 18:05"
    here = late.astimezone()
    assert render_in("en")(inner).endswith(f"{here:%H:%M}")
