"""The themes: every text can be read on every ground that it stands on."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontMetrics, QPalette, QRawFont
from PySide6.QtWidgets import QApplication

from ui.theme import (
    DARK,
    FILL_TOKENS,
    FONTS,
    LIGHT,
    SHIFT_TOKENS,
    Theme,
    apply_theme,
    contrast,
    font,
    load_fonts,
    palette,
    style_sheet,
)
from wfm.model.activity import ShiftKind

SAMPLE = Path(__file__).parents[2] / "resources" / "samples" / "centre.toml"
GROUNDS = ("background", "panel", "selection", "accent_background", *FILL_TOKENS)
PAIRS = [
    *(("text", ground) for ground in GROUNDS),
    *((tone, "panel") for tone in ("muted", "accent", "ok", "warn", "bad")),
    *((tone, "background") for tone in ("muted", "accent", "bad")),
    ("accent", "accent_background"),
    ("on_accent", "accent"),
]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize(("tone", "ground"), PAIRS)
def test_text_has_a_contrast_of_at_least_four_and_a_half(
    theme: Theme, tone: str, ground: str
) -> None:
    assert contrast(getattr(theme, tone), getattr(theme, ground)) >= 4.5


def test_contrast_agrees_with_the_published_examples() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("#FFFFFF", "#4477AA") == pytest.approx(4.7, abs=0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_shift_colours_of_a_theme_are_different(theme: Theme) -> None:
    assert len({theme.shift_fill(token) for token in SHIFT_TOKENS}) == len(SHIFT_TOKENS)
    assert theme.shift_fill("of a plug-in") == theme.leave


def test_every_colour_a_shift_kind_may_have_is_one_of_the_theme() -> None:
    colour = next(item for item in fields(ShiftKind) if item.name == "colour")
    assert tuple(key for key, _ in colour.metadata["choices"]) == SHIFT_TOKENS


def test_the_day_shift_of_the_sample_does_not_look_like_a_night_shift() -> None:
    sheet = tomllib.loads(SAMPLE.read_text("utf-8"))["shift_kinds"]
    assert sheet["day"]["colour"] == "day"
    whole_days = [sheet[key]["colour"] for key in ("early", "day", "late")]
    assert len({LIGHT.shift_fill(token) for token in (*whole_days, "night")}) == 4


def test_the_style_sheet_names_no_colour_of_its_own() -> None:
    sheet = style_sheet(DARK)
    tokens = {getattr(DARK, item.name) for item in fields(DARK)}
    used = {word.strip(";,)") for word in sheet.split() if word.startswith("#") and len(word) > 6}
    colours = {word for word in used if all(c in "0123456789ABCDEFabcdef" for c in word[1:7])}
    assert colours
    assert colours <= tokens
    assert "$" not in sheet


def test_applying_a_theme_reaches_the_palette(qapp: QApplication) -> None:
    for theme in (LIGHT, DARK):
        apply_theme(qapp, theme)
        assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(theme.background)
        assert palette(theme).color(QPalette.ColorRole.Text) == QColor(theme.text)
        assert theme.dark == (theme is DARK)
    apply_theme(qapp, LIGHT)


@pytest.mark.parametrize("name", ["NotoSansJP-Regular.ttf", "NotoSansJP-Bold.ttf"])
def test_the_bundled_font_has_the_letters_of_names_and_rosters(
    qapp: QApplication, name: str
) -> None:
    raw = QRawFont(str(FONTS / name), 13.0)
    needed = "早遅夜短休有研欠特代振半髙﨑𠮷濵德邊邉〜–…‹›×−½①㈱"
    assert not [letter for letter in needed if not raw.supportsCharacter(ord(letter))]


def test_figures_are_equally_wide(qapp: QApplication) -> None:
    assert font().family() == load_fonts()
    for bold in (False, True):
        measure = QFontMetrics(font(bold=bold))
        assert len({measure.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_the_font_comes_with_its_licence() -> None:
    assert "SIL Open Font License" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
