"""Colours, font and style of every window and picture, in a light and a dark form.

Widgets that paint themselves take the theme through ``set_theme``; everything else follows the
application's palette and style sheet, so that a theme can be changed while windows are open.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Protocol, runtime_checkable

from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QWidget

FONTS = Path(__file__).parent.parent / "resources" / "fonts"
FAMILY = "Noto Sans JP"
STYLE = "fusion"
TEXT_PX, CAPTION_PX, TITLE_PX = 13, 11, 20


@dataclass(frozen=True, slots=True)
class Theme:
    """The colour tokens; fills from ``early`` on carry ``text``, ``accent`` carries ``on_accent``.

    ``faint`` is for marks that repeat what is said elsewhere, never for text alone.
    """

    name: str
    background: str
    panel: str
    line: str
    faint_line: str
    text: str
    muted: str
    faint: str
    accent: str
    on_accent: str
    accent_background: str
    selection: str
    ok: str
    warn: str
    bad: str
    early: str
    day: str
    late: str
    night: str
    short: str
    training: str
    leave: str
    under: str
    over: str

    @property
    def dark(self) -> bool:
        """Whether text is lighter than its ground."""
        return QColor(self.text).lightness() > QColor(self.panel).lightness()

    def shift_fill(self, token: str) -> str:
        """Return the fill of a shift kind's colour token; an unknown token is drawn as leave."""
        return str(getattr(self, token)) if token in SHIFT_TOKENS else self.leave


SHIFT_TOKENS = ("early", "day", "late", "night", "short", "training", "leave")
FILL_TOKENS = (*SHIFT_TOKENS, "under", "over")

LIGHT = Theme(
    name="light",
    background="#F6F7F9",
    panel="#FFFFFF",
    line="#E3E6EB",
    faint_line="#EEF0F3",
    text="#1C2430",
    muted="#667085",
    faint="#98A2B3",
    accent="#2557D6",
    on_accent="#FFFFFF",
    accent_background="#E8EEFC",
    selection="#FFF6D6",
    ok="#1E7F4F",
    warn="#B25E09",
    bad="#B42318",
    early="#CFE8DC",
    day="#E6E9A8",
    late="#F8DDB4",
    night="#CDD0F2",
    short="#DDE7F7",
    training="#E9D5F2",
    leave="#EEF0F3",
    under="#F3C1BB",
    over="#CFE3F7",
)
DARK = Theme(
    name="dark",
    background="#14171C",
    panel="#1B1F26",
    line="#2C323C",
    faint_line="#242A33",
    text="#E6E9EE",
    muted="#9AA4B2",
    faint="#6B7686",
    accent="#7CA2FF",
    on_accent="#14171C",
    accent_background="#22304F",
    selection="#3A3420",
    ok="#5CC48E",
    warn="#E6A15A",
    bad="#F08A7E",
    early="#244C3B",
    day="#535A14",
    late="#5A431F",
    night="#35396B",
    short="#26385A",
    training="#4A3357",
    leave="#262B33",
    under="#5A2B2A",
    over="#22384F",
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


@runtime_checkable
class Themed(Protocol):
    """A widget that paints with tokens itself."""

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio 1 … 21 of two colours (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[position : position + 2], 16) / 255 for position in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@cache
def load_fonts() -> str:
    """Register the bundled Japanese font and return its family; needs a ``QGuiApplication``."""
    loaded = [
        QFontDatabase.addApplicationFont(str(FONTS / name))
        for name in ("NotoSansJP-Regular.ttf", "NotoSansJP-Bold.ttf")
    ]
    if -1 in loaded:
        raise RuntimeError(f"the bundled font in {FONTS} cannot be loaded")
    return FAMILY


def font(pixels: int = TEXT_PX, *, bold: bool = False) -> QFont:
    """Return the bundled font at a pixel size; its figures are tabular."""
    made = QFont(load_fonts())
    made.setPixelSize(pixels)
    made.setBold(bold)
    made.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return made


def palette(theme: Theme) -> QPalette:
    """Return Qt's palette in the theme's colours, for whatever the style sheet does not reach."""
    roles = {
        QPalette.ColorRole.Window: theme.background,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.panel,
        QPalette.ColorRole.AlternateBase: theme.background,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.Button: theme.panel,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.BrightText: theme.bad,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.ToolTipBase: theme.panel,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Mid: theme.line,
        QPalette.ColorRole.Light: theme.panel,
        QPalette.ColorRole.Dark: theme.line,
        QPalette.ColorRole.Accent: theme.accent,
    }
    made = QPalette()
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.faint))
    return made


def style_sheet(theme: Theme) -> str:
    """Return the style sheet in the theme's colours."""
    sheet = Template((Path(__file__).parent / "widgets" / "style.qss").read_text("utf-8"))
    return sheet.substitute(asdict(theme), family=FAMILY)


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the whole application a theme, its open windows and plots included.

    The style sheet is the main window's: as the application's it would be worked out again for
    every widget each time it gets a parent, which trebles the time to build a screen.
    """
    if app.style().objectName() != STYLE:
        app.setStyle(STYLE)  # once: it takes a second per thousand widgets that are there
    if app.font().family() != FAMILY:  # also where the platform's own style is ours already
        app.setFont(font())
    app.setPalette(palette(theme))
    for widget in app.allWidgets():
        if isinstance(widget, Themed):
            widget.set_theme(theme)
            widget.update()


def dress(widget: QWidget, theme: Theme) -> None:
    """Give a widget and all it holds a theme, for what is made while a theme is shown."""
    for each in (widget, *widget.findChildren(QWidget)):
        # asking the protocol itself takes ten times as long, for thousands of widgets
        wear = getattr(each, "set_theme", None)
        if wear is not None:
            wear(theme)


def theme_icon_of(name: str, theme: Theme) -> QIcon:
    """Return an action's icon in the theme's text colour."""
    from ui.widgets.icons import theme_icon

    return theme_icon(name, theme)
