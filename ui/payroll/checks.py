"""The list of things to clear before a wage month is exported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.theme import LIGHT, Theme
from ui.translate import format_date
from ui.widgets.cards import Card, ElidedLabel, styled_label
from ui.widgets.icons import IconButton, pixmap
from wfm.messages import message
from wfm.services.payroll_checks import PayrollCheck, Target

SHOWN_TARGETS = 3
ICONS = {"bad": ("warning", "bad"), "warn": ("warning", "warn"), "": ("info", "muted")}
"""Tone of a check → icon and the colour token it is drawn in."""


class CheckRow(QWidget):
    """One check: how grave, what, what to do, and buttons that lead there."""

    def __init__(self, desk: Desk, check: PayrollCheck) -> None:
        super().__init__()
        self._desk, self.check = desk, check
        self._icon = QLabel()
        self._icon.setFixedWidth(18)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._icon)
        text = styled_label(desk.render(check.text))
        advice = ElidedLabel("subtitle")
        advice.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        advice.show_whole(desk.render(check.advice))
        row.addWidget(text)
        row.addWidget(advice, 1)
        self.links: list[QPushButton] = []
        for target in check.targets[:SHOWN_TARGETS]:
            row.addWidget(self._link(target))
        rest = len(check.targets) - SHOWN_TARGETS
        if rest > 0:
            more = message("and {count} more", count=rest)
            row.addWidget(styled_label(desk.render(more), "subtitle"))
        self.setFixedHeight(30)
        self.setAccessibleName(f"{text.text()} {desk.render(check.advice)}")
        self.set_theme(LIGHT)

    def _link(self, target: Target) -> QPushButton:
        name = target.name
        if isinstance(name, date):
            week = message("Week of {day}", day=format_date(name, self._desk.language, short=True))
            name = self._desk.render(week)
        link = QPushButton(name)
        link.setProperty("role", "link")
        link.clicked.connect(lambda: self._go(target))
        self.links.append(link)
        return link

    def _go(self, target: Target) -> None:
        if isinstance(target.name, date):
            self._desk.show_week(target.name)
        self._desk.go(target.screen, **dict(target.where))

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon in ``theme``'s colours from now on."""
        name, token = ICONS[self.check.tone]
        self._icon.setPixmap(pixmap(name, str(getattr(theme, token)), 16, self.devicePixelRatio()))


class ChecksCard(Card):
    """All checks of a month, which can be folded away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.rows: list[CheckRow] = []
        self._title = styled_label(desk.render(message("Before you export")), "section")
        self._count = styled_label(role="subtitle")
        self.fold = IconButton("up", desk.render(message("Show or hide the checks")))
        self.fold.setProperty("role", "quiet-step")
        self.fold.clicked.connect(self._toggle)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.fold)
        self._list = QWidget()
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 10, 6)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._list)
        self._unfolded = bool(desk.preferences.get("payroll.checks", default=True))
        self._show_fold()

    def show_checks(self, checks: Sequence[PayrollCheck]) -> None:
        """Show the checks of a month."""
        for row in self.rows:
            self._lines.removeWidget(row)
            row.deleteLater()
        self.rows = [CheckRow(self._desk, check) for check in checks]
        for row in self.rows:
            self._lines.addWidget(row)
            self._desk.dress(row)
        todo = sum(1 for check in checks if check.tone)
        text = (
            message("{count} thing to clear", plural="{count} things to clear", count=todo)
            if todo
            else message("Nothing to clear")
        )
        self._count.setText(self._desk.render(text))
        self._show_fold()

    @property
    def unfolded(self) -> bool:
        """Whether the checks are shown, not only their number."""
        return self._unfolded

    def _toggle(self) -> None:
        self._unfolded = not self._unfolded
        self._desk.preferences.set("payroll.checks", self._unfolded)
        self._show_fold()

    def _show_fold(self) -> None:
        self._list.setVisible(self._unfolded and bool(self.rows))
        self.fold.setVisible(bool(self.rows))
        self.fold.set_icon("up" if self._unfolded else "down", self._desk.theme)
