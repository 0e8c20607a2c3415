"""Colours, pens, fonts and laid-out words of one theme, made once: painting asks for them often."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QStaticText

from ui.theme import SHIFT_TOKENS, Theme, font

MOST_WORDS = 20_000
"""Laid-out words kept before all are forgotten: five thousand names and their hours."""


class Brushes:
    """Paints with the tokens of a theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._colours: dict[str, QColor] = {}
        self._pens: dict[tuple[str, int, bool], QPen] = {}
        self._fonts: dict[tuple[int, bool], tuple[QFont, QFontMetrics]] = {}
        self._words: dict[tuple[str, int, bool], tuple[QStaticText, int, int]] = {}
        self._shortened: dict[tuple[str, int, int], str] = {}

    def colour(self, token: str) -> QColor:
        """Return the colour of a token."""
        made = self._colours.get(token)
        if made is None:
            made = self._colours[token] = QColor(str(getattr(self.theme, token)))
        return made

    def theme_fill(self, token: str) -> str:
        """Return the token of a shift's fill; an unknown one is drawn as leave."""
        return token if token in SHIFT_TOKENS else "leave"

    def pen(self, token: str, *, width: int = 1, dashed: bool = False) -> QPen:
        """Return a pen in the colour of a token."""
        made = self._pens.get((token, width, dashed))
        if made is None:
            style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
            made = self._pens[token, width, dashed] = QPen(self.colour(token), width, style)
        return made

    def font(self, pixels: int, bold: bool = False) -> QFont:
        """Return the font of a size."""
        return self._font(pixels, bold)[0]

    def width(self, text: str, pixels: int, *, bold: bool = False) -> int:
        """Return how wide a text is."""
        return self._word(text, pixels, bold)[1]

    def text(
        self,
        painter: QPainter,
        place: QRect,
        text: str,
        token: str,
        pixels: int,
        *,
        bold: bool = False,
        side: str = "centre",
    ) -> None:
        """Paint a text in the vertical middle of ``place``, at its left, right or centre."""
        word, width, height = self._word(text, pixels, bold)
        x = place.left()
        if side == "centre":
            x += (place.width() - width) // 2
        elif side == "right":
            x += place.width() - width
        painter.setFont(self.font(pixels, bold))
        painter.setPen(self.colour(token))
        painter.drawStaticText(QPointF(x, place.top() + (place.height() - height) // 2), word)

    def elided(self, painter: QPainter, place: QRect, text: str, token: str, pixels: int) -> None:
        """Paint a text at the left of ``place``, shortened with … where there is no room."""
        key = (text, pixels, place.width())
        shown = self._shortened.get(key)
        if shown is None:
            if len(self._shortened) > MOST_WORDS:
                self._shortened.clear()
            shown = self._font(pixels, False)[1].elidedText(
                text, Qt.TextElideMode.ElideRight, place.width()
            )
            self._shortened[key] = shown
        self.text(painter, place, shown, token, pixels, side="left")

    def _font(self, pixels: int, bold: bool) -> tuple[QFont, QFontMetrics]:
        made = self._fonts.get((pixels, bold))
        if made is None:
            face = font(pixels, bold=bold)
            made = self._fonts[pixels, bold] = face, QFontMetrics(face)
        return made

    def _word(self, text: str, pixels: int, bold: bool) -> tuple[QStaticText, int, int]:
        found = self._words.get((text, pixels, bold))
        if found is None:
            if len(self._words) > MOST_WORDS:
                self._words.clear()
            face, metrics = self._font(pixels, bold)
            word = QStaticText(text)
            word.setTextFormat(Qt.TextFormat.PlainText)
            word.prepare(font=face)
            found = word, metrics.horizontalAdvance(text), metrics.height()
            self._words[text, pixels, bold] = found
        return found
