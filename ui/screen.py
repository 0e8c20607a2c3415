"""What every screen is: a head, a body, and the rule when it reads the centre again."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QIcon, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.screens import screen_spec
from ui.translate import format_days
from ui.widgets.cards import styled_label
from ui.widgets.icons import GAP, beside_text
from wfm.messages import Message

ICON_SIZE = 16


class ScreenHead(QWidget):
    """Title and subtitle, controls at the left, quiet actions and the one primary at the right."""

    def __init__(self, title: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.title = styled_label(title, "title")
        self.subtitle = styled_label(role="subtitle")
        self._left, self._right = QHBoxLayout(), QHBoxLayout()
        for part in (self._left, self._right):
            part.setSpacing(8)
        row.addWidget(self.title)
        row.addSpacing(8)
        row.addWidget(self.subtitle)
        row.addSpacing(8)
        row.addLayout(self._left)
        row.addStretch(1)
        row.addLayout(self._right)
        self.setFixedHeight(40)

    def add_left(self, widget: QWidget) -> None:
        """Put a control beside the title."""
        self._left.addWidget(widget)

    def add_right(self, widget: QWidget) -> None:
        """Put a quiet action at the right, before the primary one."""
        self._right.addWidget(widget)

    def set_primary(self, button: QPushButton) -> None:
        """Put the screen's one primary action at the far right."""
        button.setProperty("role", "primary")
        self._right.addWidget(button)


class ActionButton(QPushButton):
    """A push button for an action: its text, icon, tip and state follow the action's.

    Without ``text`` it shows the icon alone.
    """

    def __init__(self, action: QAction, *, text: bool = True, role: str = "") -> None:
        super().__init__()
        self._action, self._with_text = action, text
        self._icon_key = 0
        if text:
            self.setIconSize(QSize(ICON_SIZE + GAP, ICON_SIZE))
        if role:
            self.setProperty("role", role)
        elif not text:
            self.setProperty("role", "step")
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        action = self._action
        self.setEnabled(action.isEnabled())
        if self._with_text:
            self.setText(action.text())
        if not self._with_text or self.property("role") not in ("primary", "danger"):
            self._show_icon(action.icon())
        keys = action.shortcut().toString()
        tip = action.toolTip() or action.text()
        self.setToolTip(f"{tip}  ({keys})" if keys else tip)
        self.setAccessibleName(action.text())

    def _show_icon(self, plain: QIcon) -> None:
        if plain.cacheKey() == self._icon_key:  # an action tells of every change, not of which
            return
        self._icon_key = plain.cacheKey()
        widened = self._with_text and not plain.isNull()
        self.setIcon(beside_text(plain, ICON_SIZE) if widened else plain)


class WeekStepper(QWidget):
    """‹ and › that step through the weeks on every screen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.earlier = ActionButton(desk.action("week.earlier"), text=False)
        self.later = ActionButton(desk.action("week.later"), text=False)
        row.addWidget(self.earlier)
        row.addWidget(self.later)


class Screen(QWidget):
    """A page of the window.

    A screen states in ``reads`` which kinds of stored values it shows; when one of them was
    written it is stale, and reads again at once if it is visible, else when it is shown next.
    """

    key: ClassVar[str]
    reads: ClassVar[frozenset[str]] = frozenset()
    uses_week: ClassVar[bool] = False

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title = desk.render(screen_spec(self.key).title)
        self.setAccessibleName(title)
        self.head = ScreenHead(title)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 12, 24, 12)
        self._column.setSpacing(12)
        self._column.addWidget(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self._column.addLayout(self.body, 1)
        self._stale = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._refresh_if_shown)
        desk.changed.connect(self._changed)
        if self.uses_week:
            self.head.add_left(WeekStepper(desk))
            desk.week_changed.connect(self._week_changed)
            self._show_days()

    @property
    def stale(self) -> bool:
        """Whether what is shown may no longer be what is stored."""
        return self._stale

    def refresh(self) -> None:
        """Ask for the data and show it."""

    def focus_on(self, **where: Any) -> None:
        """Show a place of the screen; a screen ignores what it does not know."""

    def connect_actions(self) -> None:
        """Connect the screen's own actions; called once, by the frame."""

    def state(self) -> dict[str, Any]:
        """Return what must survive when the screen is built again (another language)."""
        return {}

    def restore(self, state: dict[str, Any]) -> None:
        """Take over the state of the screen that this one replaces."""

    def unsaved(self) -> Message | None:
        """Return what would be lost if the centre was closed now, as a sentence."""
        return None

    def unkept(self) -> Message | None:
        """Return what :meth:`state` does not carry over to the screen that replaces this one."""
        return self.unsaved()

    def leave(self) -> None:
        """End what the screen runs of its own: the centre is about to be closed."""

    def activate(self) -> None:
        """The screen is shown now: read what changed meanwhile."""
        self._refresh_if_shown()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read what changed meanwhile, also when the window was built around the screen."""
        super().showEvent(event)
        self._refresh_if_shown()

    @Slot(object)
    def _changed(self, kinds: frozenset[str]) -> None:
        if kinds & self.reads:
            self._stale = True
            self._soon.start()

    @Slot(object)
    def _week_changed(self, _horizon: object) -> None:
        self._show_days()
        self._stale = True
        self._soon.start()

    @Slot()
    def _refresh_if_shown(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.refresh()

    def _show_days(self) -> None:
        horizon = self.desk.horizon
        self.head.subtitle.setText(format_days(horizon.start, horizon.days, self.desk.language))
