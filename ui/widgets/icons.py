"""Icons drawn from the SVG files in ``resources/icons``, in the colours of the theme."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QPushButton, QWidget

from ui.theme import LIGHT, Theme

FOLDER = Path(__file__).parents[2] / "resources" / "icons"
SIZE = 18
GAP = 4
"""Room at the right of an icon beside a text: Qt's own four pixels make them touch."""
_RATIOS = (1.0, 2.0)
"""Drawn for 100 and 200 %; what lies between is made smaller from the larger one."""


@cache
def _source(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


@cache
def pixmap(name: str, colour: str, size: int = SIZE, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture of ``size`` logical pixels; an unknown name is an error."""
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


@cache
def icon(name: str, colour: str, disabled: str = "", size: int = SIZE) -> QIcon:
    """Return an icon in a colour, sharp up to 200 %; ``disabled`` is its quiet colour."""
    made = QIcon()
    for ratio in _RATIOS:
        made.addPixmap(pixmap(name, colour, size, ratio), QIcon.Mode.Normal)
        if disabled:
            made.addPixmap(pixmap(name, disabled, size, ratio), QIcon.Mode.Disabled)
    return made


def beside_text(plain: QIcon, size: int = SIZE) -> QIcon:
    """Return an icon with room at its right, for a button that has a text too."""
    made = QIcon()
    for ratio in _RATIOS:
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
            wide = QPixmap(round((size + GAP) * ratio), round(size * ratio))
            wide.setDevicePixelRatio(ratio)
            wide.fill(Qt.GlobalColor.transparent)
            painter = QPainter(wide)
            painter.drawPixmap(0, 0, plain.pixmap(QSize(size, size), ratio, mode))
            painter.end()
            made.addPixmap(wide, mode)
    return made


def theme_icon(name: str, theme: Theme, colour: str = "text") -> QIcon:
    """Return an icon in the colour of a theme's token."""
    return icon(name, str(getattr(theme, colour)), theme.faint)


class IconButton(QPushButton):
    """A push button with an icon that follows the theme; without a text it is square.

    ``name`` is what screen readers say and what the tool tip shows; ``colour`` is a theme token.
    """

    def __init__(
        self,
        icon_name: str,
        name: str,
        text: str = "",
        parent: QWidget | None = None,
        *,
        colour: str = "text",
    ) -> None:
        super().__init__(text, parent)
        self._icon_name, self._colour = icon_name, colour
        self.setIconSize(QSize(SIZE + GAP if text else SIZE, SIZE))
        self.setAccessibleName(name)
        self.setToolTip(name)
        if not text:
            self.setProperty("role", "step")
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon in ``theme``'s colours from now on."""
        plain = theme_icon(self._icon_name, theme, self._colour)
        self.setIcon(beside_text(plain) if self.text() else plain)

    def set_icon(self, icon_name: str, theme: Theme) -> None:
        """Show another icon."""
        self._icon_name = icon_name
        self.set_theme(theme)
