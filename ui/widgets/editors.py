"""One-line editors of single values: text, numbers, times, dates, choices and switches.

Every editor shows a value, gives back the value typed, and says in words what is wrong with it.
Full-width signs, as Japanese input methods make them, are read like plain ones.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QCompleter, QLineEdit, QWidget

from ui.theme import LIGHT, Theme
from ui.translate import Render
from ui.widgets.choice_box import ChoiceBox
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.time import (
    LATEST_MINUTE,
    format_clock,
    format_length,
    hours_text,
    parse_clock,
    parse_date,
    parse_length,
)

SHORT, MIDDLE, LONG, LONGEST = 96, 160, 280, 420
"""Widths of editors: numbers, dates and short words, names, and choices among sentences."""


class Editor(Protocol):
    """What a form asks of an editor; ``edited`` is emitted by the user's changes only."""

    edited: Any

    def show_value(self, value: Any) -> None:
        """Show a value without telling anybody."""

    def value(self) -> Any:
        """Return the value typed; raises :class:`~wfm.errors.WfmError` with what is wrong."""

    def raw(self) -> Any:
        """Return what stands in the editor, readable or not, to bring it back later."""

    def take_raw(self, raw: Any) -> None:
        """Show again what stood there once."""

    def widget(self) -> QWidget:
        """Return the widget that takes the keys."""


def plain(text: str) -> str:
    """Return typed text with full-width digits and signs as plain ones, outer blanks cut."""
    return unicodedata.normalize("NFKC", text).strip()


class TextEditor(QLineEdit):
    """A line of text; ``suggestions`` are offered while typing, other text is taken as well."""

    edited = Signal()

    def __init__(
        self, *, needed: bool = False, suggestions: Sequence[str] = (), width: int = LONG
    ) -> None:
        super().__init__()
        self._needed = needed
        self.setFixedWidth(width)
        if suggestions:
            completer = QCompleter(list(suggestions), self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self.setCompleter(completer)
            completer.activated.connect(lambda _text: self.edited.emit())
        self.textEdited.connect(lambda _text: self.edited.emit())

    def show_value(self, value: str | None) -> None:
        """Show a text; ``None`` is shown empty."""
        self.setText(value or "")
        self.setCursorPosition(0)

    def value(self) -> str:
        """Return the text without outer blanks; an empty one may be refused."""
        text = self.text().strip()
        if self._needed and not text:
            raise WfmError(message("Please enter something here."))
        return text

    def raw(self) -> str:
        """Return the text as it stands."""
        return self.text()

    def take_raw(self, raw: str) -> None:
        """Show a text again."""
        self.setText(raw)

    def widget(self) -> QWidget:
        """Return the line itself."""
        return self


class ValueLine(QLineEdit):
    """A short line whose text stands for a value; Up and Down step it."""

    edited = Signal()

    def __init__(
        self,
        to_text: Callable[[Any], str],
        from_text: Callable[[str], Any],
        step: Callable[[Any, int], Any] | None = None,
        *,
        optional: bool = False,
    ) -> None:
        super().__init__()
        self._to_text, self._from_text, self._step = to_text, from_text, step
        self._optional = optional
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedWidth(SHORT)
        self.textEdited.connect(lambda _text: self.edited.emit())

    def show_value(self, value: Any) -> None:
        """Show a value; ``None`` is shown empty."""
        self.setText("" if value is None else self._to_text(value))

    def value(self) -> Any:
        """Return the value of the text; an empty line is ``None`` where that is allowed."""
        text = plain(self.text())
        if not text and self._optional:
            return None
        return self._from_text(text)

    def raw(self) -> str:
        """Return the text as it stands."""
        return self.text()

    def take_raw(self, raw: str) -> None:
        """Show a text again."""
        self.setText(raw)

    def widget(self) -> QWidget:
        """Return the line itself."""
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Step with Up and Down; everything else is typing."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        direction = steps.get(Qt.Key(event.key()))
        if direction is None or self._step is None or self.isReadOnly():
            super().keyPressEvent(event)
            return
        try:
            stepped = self._step(self.value(), direction)
        except WfmError:
            return
        if stepped is not None:
            self.show_value(stepped)
            self.edited.emit()


def number_editor(
    *,
    whole: bool = True,
    low: float | None = None,
    high: float | None = None,
    percent: bool = False,
    optional: bool = False,
) -> ValueLine:
    """Return an editor of ``int`` (``whole``) or ``float`` values; a share as a percentage."""
    scale = Decimal(100) if percent else Decimal(1)

    def to_text(value: float) -> str:
        number = value * scale if isinstance(value, int) else Decimal(repr(value)) * scale
        return f"{Decimal(number).normalize():f}"

    def from_text(text: str) -> Any:
        try:
            number = Decimal(text.replace(",", "").removesuffix("%").strip())
        except InvalidOperation:
            raise WfmError(message("“{value}” is not a number.", value=text)) from None
        if not number.is_finite():
            raise WfmError(message("“{value}” is not a number.", value=text))
        if whole and number != number.to_integral_value():
            raise WfmError(message("“{value}” is not a whole number.", value=text))
        return in_bounds(number / scale, text)

    def in_bounds(number: Decimal, text: str) -> Any:
        ends = [None if end is None else Decimal(str(end)) for end in (low, high)]
        if (ends[0] is not None and number < ends[0]) or (ends[1] is not None and number > ends[1]):
            raise _outside(low, high, text, to_text)
        return int(number) if whole else float(number)

    def step(value: Any, direction: int) -> Any:
        stepped = (0 if value is None else value) + (direction / 100 if percent else direction)
        stepped = round(stepped, 6)
        if low is not None:
            stepped = max(stepped, low)
        if high is not None:
            stepped = min(stepped, high)
        return int(stepped) if whole else float(stepped)

    return ValueLine(to_text, from_text, step, optional=optional)


def _outside(
    low: float | None, high: float | None, text: str, to_text: Callable[[Any], str]
) -> WfmError:
    """Return the sentence for a number outside its bounds."""
    if low is None:
        return WfmError(
            message("At most {high}, not {value}.", high=to_text(high or 0), value=text)
        )
    if high is None:
        return WfmError(message("At least {low}, not {value}.", low=to_text(low), value=text))
    return WfmError(
        message(
            "Between {low} and {high}, not {value}.",
            low=to_text(low),
            high=to_text(high),
            value=text,
        )
    )


def clock_editor(
    *, low: int = 0, high: int = LATEST_MINUTE, step: int = 15, optional: bool = False
) -> ValueLine:
    """Return an editor of minutes after midnight, in 25:00 notation."""
    return _minutes_editor(format_clock, parse_clock, low, high, step, optional)


def length_editor(
    *, low: int = 0, high: int | None = None, step: int = 15, optional: bool = False
) -> ValueLine:
    """Return an editor of a length of time in minutes, written 7:45 (7.75 h is read as well)."""
    return _minutes_editor(format_length, parse_length, low, high, step, optional)


def hours_editor(
    *, low: int = 0, high: int | None = None, step: int = 30, optional: bool = False
) -> ValueLine:
    """Return an editor of a length of time in minutes, written as hours: 11, 7.5 or 7:20."""
    return _minutes_editor(hours_text, parse_length, low, high, step, optional)


def _minutes_editor(
    to_text: Callable[[int], str],
    parse: Callable[[str], int],
    low: int,
    high: int | None,
    step: int,
    optional: bool,
) -> ValueLine:
    def from_text(text: str) -> int:
        minutes = parse(text)
        if minutes < low or (high is not None and minutes > high):
            raise _outside(low, high, text, to_text)
        return minutes

    def stepped(value: int | None, direction: int) -> int:
        moved = max(low, (low if value is None else value) + direction * step)
        return moved if high is None else min(high, moved)

    return ValueLine(to_text, from_text, stepped, optional=optional)


def lengths_editor() -> ValueLine:
    """Return an editor of several lengths of time in minutes, written 8:00, 9:00."""

    def to_text(values: Sequence[int]) -> str:
        return ", ".join(map(format_length, values))

    def from_text(text: str) -> tuple[int, ...]:
        parts = [part.strip() for part in text.replace("、", ",").split(",") if part.strip()]
        if not parts:
            raise WfmError(message("Please enter something here."))
        return tuple(sorted({parse_length(part) for part in parts}))

    made = ValueLine(to_text, from_text)
    made.setFixedWidth(LONG)
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return made


def date_editor(*, optional: bool = False) -> ValueLine:
    """Return an editor of a date, written 2026-12-01 (2026/12/1 is read as well)."""

    def from_text(text: str) -> date:
        return parse_date(text.replace("/", "-").replace(".", "-"))

    def step(value: date | None, direction: int) -> date | None:
        return None if value is None else value + timedelta(days=direction)

    made = ValueLine(date.isoformat, from_text, step, optional=optional)
    made.setFixedWidth(120)
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return made


class ChoiceEditor(ChoiceBox):
    """One of some named values; a value that is not among them is kept and shown as it is."""

    edited = Signal()

    def __init__(self, choices: Sequence[tuple[Any, str]]) -> None:
        super().__init__()
        self.values: list[Any] = []
        for value, text in choices:
            self.values.append(value)
            self.addItem(text)
        self.setMinimumWidth(MIDDLE)
        self.setMaximumWidth(LONGEST)
        self.activated.connect(lambda _row: self.edited.emit())

    def show_value(self, value: Any) -> None:
        """Choose a value."""
        if value not in self.values:
            self.values.append(value)
            self.addItem(str(value))
        self.setCurrentIndex(self.values.index(value))

    def value(self) -> Any:
        """Return the value chosen."""
        row = self.currentIndex()
        if row < 0:
            raise WfmError(message("Please choose something here."))
        return self.values[row]

    def raw(self) -> Any:
        """Return the value chosen, ``None`` where nothing is."""
        row = self.currentIndex()
        return self.values[row] if row >= 0 else None

    def take_raw(self, raw: Any) -> None:
        """Choose a value again."""
        if raw is not None:
            self.show_value(raw)

    def widget(self) -> QWidget:
        """Return the box itself."""
        return self


class Switch(QCheckBox):
    """Yes or no, painted as a switch that slides."""

    edited = Signal()
    _WIDTH, _HEIGHT = 34, 18

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self._theme = LIGHT
        self.clicked.connect(lambda _checked: self.edited.emit())

    def show_value(self, value: bool) -> None:
        """Show yes or no."""
        self.setChecked(value)

    def value(self) -> bool:
        """Return yes or no."""
        return self.isChecked()

    def raw(self) -> bool:
        """Return yes or no."""
        return self.isChecked()

    def take_raw(self, raw: bool) -> None:
        """Show yes or no again."""
        self.setChecked(raw)

    def widget(self) -> QWidget:
        """Return the switch itself."""
        return self

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the switch and the words beside it."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(self._WIDTH + 4 + (8 + words if self.text() else 0), 24)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for no less."""
        return self.sizeHint()

    def hitButton(self, _position: Any) -> bool:  # noqa: N802 - Qt's name
        """Take clicks anywhere."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the track, its knob, the ring of the focus and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, on = self._theme, self.isChecked()
        top = (self.height() - self._HEIGHT) / 2
        track = QColor(theme.accent if on else theme.faint)
        if not self.isEnabled():
            track = QColor(theme.line)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.text), 1.5))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(track)
        painter.drawRoundedRect(1, int(top), self._WIDTH, self._HEIGHT, 9, 9)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.on_accent if on else theme.panel))
        left = 1 + (self._WIDTH - self._HEIGHT if on else 0)
        painter.drawEllipse(left + 3, int(top) + 3, self._HEIGHT - 6, self._HEIGHT - 6)
        if self.text():
            painter.setPen(QColor(theme.text))
            area = self.rect().adjusted(self._WIDTH + 9, 0, 0, 0)
            painter.drawText(
                area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text()
            )
        painter.end()


def named_choices(
    choices: Sequence[tuple[Any, Message | str]], render: Render
) -> list[tuple[Any, str]]:
    """Return choices with their names in the reader's language."""
    return [(value, render(name) if isinstance(name, Message) else name) for value, name in choices]
