"""The window's inside while a centre is open: navigation, screens, messages, status line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ui.actions import go_key
from ui.command_palette import CommandPalette
from ui.desk import Desk
from ui.screen import Screen
from ui.screens import SCREENS, screen_spec
from ui.theme import CAPTION_PX, font
from ui.translate import format_zone
from ui.widgets.cards import ElidedLabel, Notice, styled_label
from ui.widgets.help_panel import HelpPanel
from ui.widgets.nav_column import NavColumn
from wfm.messages import Message, message

FIRST = "overview"


class StatusLine(QFrame):
    """The line at the bottom: about the screen at the left, about the centre at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusLine")
        self.setFixedHeight(30)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(24)
        self.about = ElidedLabel("caption")
        self.about.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.about, 1)
        self.saved, self.place, self.zone = (styled_label(role="caption") for _ in range(3))
        for label in self.labels:
            row.addWidget(label)

    @property
    def labels(self) -> tuple[QLabel, ...]:
        """The facts at the right."""
        return self.saved, self.place, self.zone


class Shell(QWidget):
    """Shows one desk; screens are made when they are first visited."""

    screen_changed = Signal(str)

    def __init__(self, desk: Desk, *, who: str = "") -> None:
        super().__init__()
        self.desk = desk
        self._made: dict[str, Screen] = {}
        self.nav = NavColumn(desk.render, desk.site.name, who)
        self.stack = QStackedWidget()
        self.notice = Notice(desk.render(message("Close the message")))
        self.status = StatusLine()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        around = QVBoxLayout()
        around.setContentsMargins(24, 0, 24, 8)
        around.addWidget(self.notice)
        self.help = HelpPanel(desk.render, desk.preferences, desk.language)
        beside = QHBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.stack, 1)
        beside.addWidget(self.help)
        right.addLayout(beside, 1)
        right.addLayout(around)
        right.addWidget(self.status)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.nav)
        row.addLayout(right, 1)
        self.commands = CommandPalette(desk.actions, desk.render, self)
        both = (message("Working …"), message("All changes saved"))
        metrics = QFontMetrics(font(CAPTION_PX))
        widest = max(metrics.horizontalAdvance(desk.render(text)) for text in both)
        self.status.saved.setMinimumWidth(widest + 2)
        self._connect(desk)
        for action in desk.actions.values():
            self.addAction(action)
        desk.dress(self)
        self._show_facts()

    def _connect(self, desk: Desk) -> None:
        self.nav.chosen.connect(self.show_screen)
        self.nav.centre_clicked.connect(desk.action("open").trigger)
        desk.said.connect(self._say)
        desk.wanted.connect(self._go)
        desk.badge_changed.connect(lambda key, count: self.nav.items[key].set_badge(count))
        desk.status_changed.connect(self._show_status)
        desk.undo_changed.connect(self._show_facts)
        desk.jobs.busy_changed.connect(self._show_busy)
        desk.action("palette").triggered.connect(self.commands.open)
        desk.action("close_message").triggered.connect(self.notice.clear)
        desk.action("help").triggered.connect(self.help.toggle)
        desk.action("refresh").triggered.connect(desk.read_again)
        for spec in SCREENS:
            reach = desk.action(go_key(spec.key))
            reach.triggered.connect(lambda _on=False, key=spec.key: self.show_screen(key))
        for key, count in desk.badges.items():
            self.nav.items[key].set_badge(count)

    # --- screens ---------------------------------------------------------------------------------

    @property
    def current(self) -> Screen | None:
        """The screen shown."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Screen) else None

    def screen_of(self, key: str) -> Screen:
        """Return a screen by its key, made if it was not visited before."""
        if key not in self._made:
            screen = screen_spec(key).build(self.desk)
            screen.connect_actions()
            self._made[key] = screen
            self.stack.addWidget(screen)
            self.desk.dress(screen)
        return self._made[key]

    @Slot(str)
    def show_screen(self, key: str) -> None:
        """Show a screen; its own actions become possible, those of the others impossible."""
        screen = self.screen_of(key)
        for action in self.desk.actions.values():
            owner = action.property("screen")
            action.setVisible(not owner or owner == key)
        self.nav.show_chosen(key)
        if self.stack.currentWidget() is not screen:
            self._show_status(None)
        self.stack.setCurrentWidget(screen)
        screen.activate()
        screen.setFocus(Qt.FocusReason.OtherFocusReason)
        self.help.show_screen(key)
        self.screen_changed.emit(key)

    @Slot(str, dict)
    def _go(self, key: str, where: dict[str, Any]) -> None:
        self.show_screen(key)
        if where:
            self.screen_of(key).focus_on(**where)

    def states(self) -> dict[str, dict[str, Any]]:
        """Return what each screen that was visited wants to keep."""
        return {key: screen.state() for key, screen in self._made.items()}

    def restore(self, states: dict[str, dict[str, Any]]) -> None:
        """Give each screen what the one before it kept."""
        for key, state in states.items():
            self.screen_of(key).restore(state)

    def unsaved(self) -> Message | None:
        """Return what would be lost if the centre was left now, ``None`` for nothing."""
        found = (screen.unsaved() for screen in self._made.values())
        return next((text for text in found if text is not None), None)

    def unkept(self) -> Message | None:
        """Return what is typed and would be lost if the screens were built again."""
        found = (screen.unkept() for screen in self._made.values())
        return next((text for text in found if text is not None), None)

    def leave(self) -> None:
        """Let every screen end what it runs: the centre is about to be closed."""
        for screen in self._made.values():
            screen.leave()

    # --- messages --------------------------------------------------------------------------------

    @Slot(object, str, object)
    def _say(
        self, text: Message, tone: str, action: tuple[Message, Callable[[], None]] | None
    ) -> None:
        offered = None if action is None else (self.desk.render(action[0]), action[1])
        self.notice.show_text(self.desk.render(text), tone, offered)

    @Slot(object)
    def _show_status(self, text: Message | None) -> None:
        self.status.about.show_whole("" if text is None else self.desk.render(text))

    @Slot()
    def _show_facts(self) -> None:
        desk, render = self.desk, self.desk.render
        self.nav.set_centre(desk.site.name)
        server = "://" in desk.location
        place = message("PostgreSQL server") if server else message("Local file")
        self.status.place.setText(render(place))
        self.status.place.setToolTip("" if server else desk.location)
        self.status.zone.setText(format_zone(desk.site.zone, desk.language))
        self._show_busy(desk.jobs.busy)

    @Slot(bool)
    def _show_busy(self, busy: bool) -> None:
        text = message("Working …") if busy else message("All changes saved")
        self.status.saved.setText(self.desk.render(text))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the centre's name again when the font changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.nav.set_centre(self.desk.site.name)
