"""Public holidays by country and language."""

from __future__ import annotations

from datetime import date

import pytest

from wfm.calendars import public_holidays
from wfm.errors import WfmError

# 内閣府「国民の祝日」 2026, written out by hand
JAPAN_2026 = {
    date(2026, 1, 1): "元日",
    date(2026, 1, 12): "成人の日",
    date(2026, 2, 11): "建国記念の日",
    date(2026, 2, 23): "天皇誕生日",
    date(2026, 3, 20): "春分の日",
    date(2026, 4, 29): "昭和の日",
    date(2026, 5, 3): "憲法記念日",
    date(2026, 5, 4): "みどりの日",
    date(2026, 5, 5): "こどもの日",
    date(2026, 5, 6): "振替休日",
    date(2026, 7, 20): "海の日",
    date(2026, 8, 11): "山の日",
    date(2026, 9, 21): "敬老の日",
    date(2026, 9, 22): "国民の休日",
    date(2026, 9, 23): "秋分の日",
    date(2026, 10, 12): "スポーツの日",
    date(2026, 11, 3): "文化の日",
    date(2026, 11, 23): "勤労感謝の日",
}


def test_japanese_holidays_of_2026_are_those_of_the_cabinet_office() -> None:
    found = public_holidays("JP", date(2026, 1, 1), date(2026, 12, 31), "ja")
    assert dict(found) == JAPAN_2026


def test_the_same_days_have_english_names_for_english_readers() -> None:
    found = public_holidays("JP", date(2026, 1, 1), date(2026, 12, 31), "en")
    assert set(found) == set(JAPAN_2026)
    assert found[date(2026, 11, 23)] == "Labor Thanksgiving Day"
    assert all(name.isascii() for name in found.values())


def test_a_language_without_names_falls_back_to_english() -> None:
    found = public_holidays("DE", date(2026, 10, 3), date(2026, 10, 3), "ja")
    assert list(found) == [date(2026, 10, 3)]
    assert found[date(2026, 10, 3)].isascii()


def test_only_days_between_first_and_last_are_returned_in_order_across_years() -> None:
    found = public_holidays("JP", date(2025, 12, 31), date(2026, 1, 12), "ja")
    assert list(found) == [date(2026, 1, 1), date(2026, 1, 12)]
    assert not public_holidays("JP", date(2026, 1, 2), date(2026, 1, 11))


def test_a_subdivision_adds_its_own_days() -> None:
    whole = public_holidays("DE", date(2026, 1, 6), date(2026, 1, 6))
    bavaria = public_holidays("de-by", date(2026, 1, 6), date(2026, 1, 6))
    assert (len(whole), len(bavaria)) == (0, 1)


@pytest.mark.parametrize("country", ["", "XX", "DE-ZZ", "Japan"])
def test_an_unknown_country_is_named_in_a_sentence(country: str) -> None:
    with pytest.raises(WfmError, match="no table of public holidays"):
        public_holidays(country, date(2026, 1, 1), date(2026, 12, 31))
