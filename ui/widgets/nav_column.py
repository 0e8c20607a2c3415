"""The column at the left: the product, the centre, the screens with their badges, the user."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.screens import SCREENS
from ui.theme import CAPTION_PX, LIGHT, TEXT_PX, Theme, font
from ui.translate import Render
from ui.widgets.cards import ElidedLabel, styled_label
from ui.widgets.icons import pixmap
from wfm.messages import message

NAV_WIDTH = 176
ITEM_HEIGHT = 36


class NavItem(QPushButton):
    """One screen: icon, name, and how many things wait there."""

    def __init__(self, name: str, icon_name: str, keys: str) -> None:
        super().__init__()
        self._name, self._icon_name, self._theme = name, icon_name, LIGHT
        self._badge = 0
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(ITEM_HEIGHT)
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  ({keys})")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def badge(self) -> int:
        """The number shown, 0 for none."""
        return self._badge

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self.update()

    def set_badge(self, count: int) -> None:
        """Show a number at the right; 0 shows none."""
        self._badge = count
        self.setAccessibleName(f"{self._name} {count}" if count else self._name)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return Qt's size hint."""
        return QSize(NAV_WIDTH - 16, ITEM_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint ground, icon, name and badge."""
        theme, here = self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        ground = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        if here or self.underMouse():
            painter.setBrush(QColor(theme.accent_background if here else theme.faint_line))
            painter.drawRoundedRect(ground, 6, 6)
        if here:
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(QRectF(0, 8, 3, self.height() - 16), 1.5, 1.5)
        colour = theme.accent if here else theme.text
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(
            12, (self.height() - 18) // 2, pixmap(self._icon_name, colour, 18, ratio)
        )
        painter.setPen(QColor(colour))
        painter.setFont(font(TEXT_PX, bold=here))
        room = self.rect().adjusted(40, 0, -36 if self._badge else -6, 0)
        text = QFontMetrics(painter.font()).elidedText(
            self._name, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        if self._badge:
            self._paint_badge(painter)
        if self.hasFocus():
            painter.setPen(QColor(theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()

    def _paint_badge(self, painter: QPainter) -> None:
        painter.setFont(font(CAPTION_PX, bold=True))
        text = str(self._badge) if self._badge < 100 else "99+"
        width = max(QFontMetrics(painter.font()).horizontalAdvance(text) + 12, 22)
        place = QRectF(self.width() - width - 10, (self.height() - 18) / 2, width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        theme = self._theme
        painter.setBrush(QColor(theme.panel if self.isChecked() else theme.accent_background))
        painter.drawRoundedRect(place, 9, 9)
        painter.setPen(QColor(self._theme.accent))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


class NavColumn(QWidget):
    """Leads to every screen; the chosen one is marked by colour and by a bar."""

    chosen = Signal(str)
    """Key of the screen that was clicked."""
    centre_clicked = Signal()
    """The centre's name was clicked: another centre is wanted."""

    def __init__(self, render: Render, centre: str, who: str) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(NAV_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 14, 8, 12)
        column.setSpacing(2)
        product = styled_label("当番 Toban", "product")
        product.setContentsMargins(11, 0, 0, 0)
        self.centre = QPushButton(centre)
        self.centre.setProperty("role", "centre")
        self.centre.setToolTip(render(message("Open another centre")))
        self.centre.setAccessibleName(render(message("Centre {name}", name=centre)))
        self.centre.clicked.connect(self.centre_clicked)
        column.addWidget(product)
        column.addWidget(self.centre)
        column.addSpacing(10)
        self.items: dict[str, NavItem] = {}
        for place, spec in enumerate(SCREENS, start=1):
            item = NavItem(render(spec.title), spec.icon, f"Ctrl+{place}")
            item.clicked.connect(lambda _checked=False, key=spec.key: self.chosen.emit(key))
            self.items[spec.key] = item
            column.addWidget(item)
        column.addStretch(1)
        user = ElidedLabel("caption")
        user.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        user.setContentsMargins(11, 0, 0, 0)
        user.show_whole(who)
        column.addWidget(user)

    def show_chosen(self, key: str) -> None:
        """Mark the screen shown."""
        self.items[key].setChecked(True)

    def set_centre(self, name: str) -> None:
        """Show the centre's name, shortened where it is long."""
        shown = QFontMetrics(font(CAPTION_PX)).elidedText(
            name, Qt.TextElideMode.ElideRight, NAV_WIDTH - 30
        )
        self.centre.setText(shown)
