"""Leave and wishes of one person: a month to choose days from, what is entered, the balance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ui.form import Ask, Form, form_for
from ui.people.leave_form import WISH_NAMES, LeaveForm
from ui.people.scrolled import scrolled
from ui.theme import Theme
from ui.translate import Render, format_date, format_number
from ui.widgets.cards import styled_label
from ui.widgets.icons import IconButton
from ui.widgets.marks import absence_mark
from ui.widgets.month_grid import DayMark, MonthGrid
from wfm.messages import Message, message
from wfm.model.activity import ShiftKind, absence_name
from wfm.model.people import Balance, Leave, Wish
from wfm.model.time import LATEST_MINUTE, format_clock
from wfm.services.people_view import PersonDays

BURDENS: dict[str, tuple[Message, Message | str]] = {
    "weekend_days": (message("Weekend days worked"), "d"),
    "holiday_days": (message("Public holidays worked"), "d"),
    "late_days": (message("Late shifts worked"), ""),
    "night_days": (message("Night shifts worked"), ""),
    "refused_wishes": (message("Wished days off not granted"), ""),
}
"""Counters that fair shares carry over, with their names and units."""


class DaysTab(QWidget):
    """Shows the days of one person; what is entered or removed is carried by signals."""

    leave_dropped = Signal(object)
    wish_dropped = Signal(object)
    balance_changed = Signal(object, object)
    """The balance as wanted, and as it was seen (``None``: there was none)."""

    def __init__(self, language: str, render: Render, theme: Theme, week_start: int) -> None:
        super().__init__()
        self._language, self._render, self._theme = language, render, theme
        self._days: PersonDays | None = None
        self._kinds: Mapping[str, ShiftKind] = {}
        self._month_first = date(2026, 1, 1)
        self.month = MonthGrid(language, render, theme=theme, week_start=week_start)
        self.form = LeaveForm(render, wishes=True, wide=False)
        self._list = QGridLayout()
        self._list_widgets: list[QWidget] = []
        self.drop_buttons: list[IconButton] = []
        self.left = styled_label()
        self.balance = self._balance_form()
        self._balance_title = styled_label(role="caption")
        self._lay_out()
        self.month.chosen.connect(lambda: self.form.set_span(*self.month.span))
        self.month.applied.connect(self.form.kind.setFocus)
        self.month.month_changed.connect(self._show_list)
        self.form.span_typed.connect(self._span_typed)

    def _balance_form(self) -> Form:
        made = form_for(
            Balance,
            self._render,
            only=("paid_leave_days", "overtime_minutes", *BURDENS),
            asks={
                "paid_leave_days": Ask(message("Paid leave"), unit="d", low=0, high=99),
                "overtime_minutes": Ask(
                    message("Overtime of the month"), unit="h", form="length", low=0
                ),
                **{
                    name: Ask(label, unit=unit, low=0, high=366)
                    for name, (label, unit) in BURDENS.items()
                },
            },
        )
        for name in made.names:
            editor = made.editor(name)
            if isinstance(editor, QLineEdit):
                editor.editingFinished.connect(self.commit)
        return made

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 8, 8, 0)
        column.setSpacing(8)
        column.addWidget(self.month)
        column.addWidget(self.form)
        self._list.setHorizontalSpacing(10)
        self._list.setVerticalSpacing(0)
        self._list.setColumnStretch(1, 1)
        column.addLayout(self._list)
        column.addSpacing(8)
        column.addWidget(styled_label(self._render(message("Balance")), "section"))
        column.addWidget(self.left)
        column.addWidget(self._balance_title)
        column.addWidget(self.balance)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    # --- showing ---------------------------------------------------------------------------------

    def show_days(
        self, days: PersonDays, kinds: Mapping[str, ShiftKind], first: date, today: date
    ) -> None:
        """Show somebody's days; of the same person the days chosen stay."""
        same = self._days is not None and self._days.agent == days.agent
        self._days, self._kinds = days, kinds
        if not same:
            self.month.choose(first, first)
            self.form.set_span(first, first)
            self.form.done()
        self.month.set_marks(self._marks(days), days.holidays)
        self._show_list()
        self._show_balance(days, today, keep=same)

    @property
    def agent(self) -> str:
        """Key of the person whose days are shown."""
        return "" if self._days is None else self._days.agent

    def _marks(self, days: PersonDays) -> dict[date, DayMark]:
        marks: dict[date, DayMark] = {}
        for duty in days.duties:
            kind = self._kinds.get(duty.kind)
            words = f"{format_clock(duty.start)}–{format_clock(duty.end)}"
            fill = kind.colour if kind is not None else "early"
            marks[duty.day] = DayMark(duty.letter, fill, words)
        for leave in days.leaves:
            known = absence_mark(leave.kind)
            marks[leave.day] = DayMark(
                self._render(known.letter), known.colour or "leave", self._render(known.name),
                asked=not leave.approved,
            )  # fmt: skip
        for wish in days.wishes:
            mark = marks.get(wish.day, DayMark())
            words = f"{mark.words} {self._wish_words(wish)}".strip()
            marks[wish.day] = DayMark(mark.letter, mark.fill, words, mark.asked, dot=True)
        return marks

    def _wish_words(self, wish: Wish) -> str:
        name = WISH_NAMES.get(f"wish:{wish.kind}", WISH_NAMES["wish:off"])
        hours = f"{format_clock(wish.start)}–{format_clock(wish.end)}"
        if wish.kind == "window":
            return self._render(message("Wish: {hours}", hours=hours))
        words = self._render(name)
        return words if (wish.start, wish.end) == (0, LATEST_MINUTE) else f"{words} {hours}"

    def _show_list(self) -> None:
        for widget in self._list_widgets:
            self._list.removeWidget(widget)
            widget.deleteLater()
        self._list_widgets, self.drop_buttons = [], []
        days, month = self._days, self.month.month
        if days is None:
            return
        entries: list[tuple[date, str, Leave | Wish]] = [
            *((leave.day, self._leave_words(leave), leave) for leave in days.leaves),
            *((wish.day, self._wish_words(wish), wish) for wish in days.wishes),
        ]
        entries = [
            item for item in entries if (item[0].year, item[0].month) == (month.year, month.month)
        ]
        for place, (day, words, value) in enumerate(sorted(entries, key=lambda item: item[:2])):
            self._add_row(place, day, words, value)
        if not entries:
            nothing = styled_label(
                self._render(message("Nothing is entered in this month.")), "caption"
            )
            self._list.addWidget(nothing, 0, 0, 1, 3)
            self._list_widgets.append(nothing)

    def _add_row(self, place: int, day: date, words: str, value: Leave | Wish) -> None:
        name = format_date(day, self._language, short=True)
        label = styled_label(words)
        label.setToolTip(words)
        said = self._render(message("Remove {what} on {day}", what=words, day=name))
        drop = IconButton("trash", said)
        drop.setProperty("role", "quiet-step")
        drop.set_theme(self._theme)
        signal = self.leave_dropped if isinstance(value, Leave) else self.wish_dropped
        drop.clicked.connect(lambda _on=False: signal.emit(value))
        for at, widget in enumerate((styled_label(name), label, drop)):
            self._list.addWidget(widget, place, at)
            self._list_widgets.append(widget)
        self.drop_buttons.append(drop)

    def _leave_words(self, leave: Leave) -> str:
        words = self._render(absence_name(leave.kind))
        if not leave.approved:
            words = self._render(message("{what} (asked for)", what=words))
        return f"{words} · {leave.note}" if leave.note else words

    def _span_typed(self, first: date, last: date) -> None:
        self.month.choose(first, last)
        self._show_list()

    # --- balance ---------------------------------------------------------------------------------

    def _show_balance(self, days: PersonDays, today: date, *, keep: bool) -> None:
        left = days.paid_leave_left
        text = (
            message("No balance of paid leave is known.")
            if left is None
            else message(
                "{days} days of paid leave are left.",
                days=format_number(left, self._language, decimals=1),
            )
        )
        self.left.setText(self._render(text))
        shown = days.balance or Balance(days.agent, today.replace(day=1))
        self._balance_title.setText(
            self._render(
                message("At the start of {day}:", day=format_date(shown.month, self._language))
            )
        )
        if not (keep and self.balance.differs):
            self.balance.show_value(shown)

    def commit(self) -> Message | None:
        """Write the balance typed; return why it cannot be taken, if so."""
        days, form = self._days, self.balance
        if days is None or not form.differs:
            return None
        wanted = form.value()
        if wanted is None:
            reasons = [text for text in form.errors.values() if text]
            return message("{name}", name=reasons[0]) if reasons else None
        form.show_value(wanted)
        self.balance_changed.emit(wanted, days.balance)
        return None

    @property
    def unsaved(self) -> bool:
        """Whether something typed is not written yet."""
        return self.balance.differs or self.form.typed

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
