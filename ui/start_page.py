"""The page before a centre is open: try the sample, begin an empty one, open a recent one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.translate import Render
from ui.widgets.cards import Card, ElidedLabel, Notice, styled_label
from wfm.messages import Message, message

CARD_WIDTH = 250


def shown_location(location: str) -> str:
    """Return a location as others may see it: a server's without password and options."""
    if "://" not in location:
        return location
    scheme, _, rest = location.partition("://")
    login, at, place = rest.partition("?")[0].rpartition("@")
    return f"{scheme}://{login.partition(':')[0]}{at}{place}"


class _Offer(Card):
    """One way to begin: a title, a sentence and a button."""

    def __init__(self, render: Render, title: Message, text: Message, act: Message) -> None:
        super().__init__()
        self.setFixedWidth(CARD_WIDTH)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(18, 16, 18, 16)
        self.column.setSpacing(8)
        words = styled_label(render(text), "subtitle")
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.button = QPushButton(render(act))
        self.column.addWidget(styled_label(render(title), "section"))
        self.column.addWidget(words, 1)
        self.column.addWidget(self.button)


class StartPage(QWidget):
    """What a user sees without a centre; every way leads to an open one."""

    sample_wanted = Signal()
    empty_wanted = Signal(str, str)
    """Name and location of the centre to create; an empty location: ask."""
    open_wanted = Signal(str)
    """A location to open; empty: ask."""

    def __init__(self, render: Render, recent: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._render = render
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addStretch(2)
        inner = QVBoxLayout()
        inner.setSpacing(14)
        inner.addWidget(styled_label("当番 Toban", "title"))
        hello = message("Forecast contacts, staff them, build the roster, export the hours.")
        inner.addWidget(styled_label(render(hello), "subtitle"))
        self.notice = Notice(render(message("Close the message")))
        inner.addWidget(self.notice)
        inner.addLayout(self._offers())
        if recent:
            inner.addWidget(styled_label(render(message("Opened last")), "section"))
            inner.addWidget(self._recent(recent))
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addLayout(inner)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)

    def _offers(self) -> QHBoxLayout:
        render = self._render
        row = QHBoxLayout()
        row.setSpacing(14)
        sample = _Offer(
            render,
            message("Try the sample centre"),
            message("60 people, 6 teams and half a year of contacts, ready to plan next week."),
            message("Open the sample centre"),
        )
        sample.button.setProperty("role", "primary")
        sample.button.clicked.connect(self.sample_wanted)
        empty = _Offer(
            render,
            message("Begin with an empty centre"),
            message("Give it a name; then import contact history and people."),
            message("Create the centre"),
        )
        self.name = QLineEdit()
        self.name.setPlaceholderText(render(message("Name of the centre")))
        self.name.setAccessibleName(render(message("Name of the centre")))
        self.name.setMaxLength(80)
        empty.column.insertWidget(2, self.name)
        empty.button.clicked.connect(self._create)
        self.name.returnPressed.connect(self._create)
        opened = _Offer(
            render,
            message("Open a centre"),
            message("A .toban file, or the address of a PostgreSQL server."),
            message("Choose a file …"),
        )
        self.location = QLineEdit()
        self.location.setPlaceholderText(render(message("File or postgresql:// address")))
        self.location.setAccessibleName(render(message("File or postgresql:// address")))
        self.location.returnPressed.connect(lambda: self._open(self.location.text()))
        opened.column.insertWidget(2, self.location)
        opened.button.clicked.connect(lambda: self._open(self.location.text()))
        for offer in (sample, empty, opened):
            row.addWidget(offer)
        self.sample_button, self.create_button = sample.button, empty.button
        self.open_button = opened.button
        return row

    def _recent(self, recent: Sequence[str]) -> Card:
        card = Card()
        column = QVBoxLayout(card)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(0)
        self.recent_buttons = []
        for location in recent:
            row = QHBoxLayout()
            name = Path(location).stem if "://" not in location else shown_location(location)
            button = QPushButton(name)
            button.setProperty("role", "link")
            button.clicked.connect(lambda _checked=False, at=location: self._open(at))
            where = ElidedLabel("caption")
            where.show_whole(shown_location(location))
            row.addWidget(button)
            row.addWidget(where, 1)
            column.addLayout(row)
            self.recent_buttons.append(button)
        return card

    def _create(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.say(message("Give the new centre a name first."), "warn")
            self.name.setFocus()
            return
        self.empty_wanted.emit(name, "")

    def _open(self, location: str) -> None:
        self.open_wanted.emit(location.strip())

    def say(self, text: Message, tone: str = "bad") -> None:
        """Show a sentence on the page."""
        self.notice.show_text(self._render(text), tone)
