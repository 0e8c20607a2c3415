"""The section about special days: a list, and the one chosen or new to edit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from ui.desk import Desk
from ui.form import Ask, Form, form_for
from ui.settings.section import Section, Write
from ui.translate import format_date, format_percent
from ui.widgets.question import Question
from ui.widgets.table import ROW_HEIGHT, Column, Table
from ui.widgets.table_cells import HEAD_HEIGHT
from wfm.messages import Message, message
from wfm.model.time import DAY_MINUTES, format_clock
from wfm.model.workload import SPECIAL_KINDS, SpecialDay
from wfm.services.settings import SettingsView, special_day_key, special_name

FIELDS = tuple(item.name for item in fields(SpecialDay))
ALL_QUEUES = message("all queues")
SHOWN_ROWS = 7


class SpecialDaysSection(Section):
    """Closures, campaigns, outages: days that are not like their weekday."""

    key = "special"
    title = message("Special days")
    about = message(
        "Closures, campaigns and outages. Past ones do not teach the forecast their weekday; coming"
        " ones change it when it is made anew."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._queues: dict[str, str] = {}
        self._is_new = self._choosing = False
        self._wanted = ""
        self.form: Form | None = None
        self.table = Table(
            self._columns(), key=special_day_key, name=desk.render(self.title), theme=desk.theme,
            hint=desk.render(message("There is no special day yet.")),
        )  # fmt: skip
        self.table.setFixedHeight(HEAD_HEIGHT + SHOWN_ROWS * ROW_HEIGHT + 2)
        self.table.chosen.connect(self._chosen)
        self.add = QPushButton(desk.render(message("Add a special day")))
        self.add.clicked.connect(self._added)
        self.remove = QPushButton(desk.render(message("Remove this special day")))
        self.remove.setProperty("role", "link")
        self.remove.clicked.connect(self._ask_to_remove)
        self.question = Question(desk.render, message("Remove it"))
        self.question.confirmed.connect(self._remove)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        row.addWidget(self.remove)
        self.column.addWidget(self.table)
        self.column.addLayout(row)
        self._place = self.column.count()
        self.column.addWidget(self.question)

    def _columns(self) -> tuple[Column, ...]:
        render, language = self.text_of, self.desk.language

        def name(item: SpecialDay) -> str:
            text = special_name(item)
            return render(text) if isinstance(text, Message) else text

        def hours(item: SpecialDay) -> str:
            if (item.start, item.end) == (0, DAY_MINUTES):
                return render(message("all day"))
            return f"{format_clock(item.start)}–{format_clock(item.end)}"

        def kind(item: SpecialDay) -> str:
            found = SPECIAL_KINDS.get(item.kind)
            return item.kind if found is None else render(found)

        def queue(item: SpecialDay) -> str:
            return self._queues.get(item.queue, item.queue) if item.queue else render(ALL_QUEUES)

        return (
            Column("day", render(message("Date")), lambda item: format_date(item.day, language),
                   150, sort=lambda item: item.day),
            Column("kind", render(message("Kind")), kind, 104),
            Column("name", render(message("Name")), name, 170, searched=True),
            Column("queue", render(message("Queue")), queue, 164),
            Column("hours", render(message("Hours")), hours, 110),
            Column("factor", render(message("Expected contacts")),
                   lambda item: format_percent(item.factor, language, 0), 96, side="right",
                   sort=lambda item: item.factor),
        )  # fmt: skip

    # --- showing ---------------------------------------------------------------------------------

    def fill(self, view: SettingsView) -> None:
        """Show the stored days."""
        queues = {queue.key: queue.name or queue.key for queue in view.queues}
        if self.form is None or queues != self._queues:
            self._queues = queues
            self._build_form()
        self._is_new = False
        self._choosing = True
        self.table.set_rows(view.special_days)
        self._choose_some(view)
        self._choosing = False
        self._show_chosen()

    def _choose_some(self, view: SettingsView) -> None:
        """Choose the day just stored, keep the one chosen before, or begin with what is coming."""
        wanted, self._wanted = self._wanted, ""
        if (wanted and self.table.choose(wanted)) or self.table.selected or not view.special_days:
            return
        today = view.site.as_of
        coming = [item for item in view.special_days if today is None or item.day >= today]
        self.table.choose(special_day_key((coming or view.special_days)[0]))

    def _build_form(self) -> None:
        if self.form is not None:
            self.column.removeWidget(self.form)
            self.form.deleteLater()
        choices: list[tuple[Any, Message | str]] = [("", ALL_QUEUES), *self._queues.items()]
        asks = {"queue": Ask(message("Queue"), choices=choices)}
        self.form = form_for(SpecialDay, self.text_of, only=FIELDS, asks=asks)
        self.form.edited.connect(self.show_bar)
        self.desk.dress(self.form)
        self.column.insertWidget(self._place, self.form)

    def _chosen(self) -> None:
        """Show another day, unless something typed for the one shown is not saved."""
        if self._choosing:
            return
        if self.form is not None and self.differs:
            self._choosing = True
            self.table.clearSelection()
            if not self._is_new:
                self.table.choose(special_day_key(self.form.shown))
            self._choosing = False
            self.show_error(self.text_of(message("Save this special day first, or take it back.")))
            return
        self._show_chosen()
        self.show_bar()

    def _show_chosen(self) -> None:
        selected = self.table.selected
        assert self.form is not None
        self.question.hide()
        self.form.setVisible(bool(selected))
        self.remove.setVisible(bool(selected))
        if selected:
            self.form.show_value(selected[0])

    # --- changing --------------------------------------------------------------------------------

    @property
    def differs(self) -> bool:
        """Whether the day shown differs from the stored one, or is new."""
        return self._is_new or (self.form is not None and self.form.differs)

    def _added(self) -> None:
        if self.view is None or self.form is None:
            return
        day = self.view.site.as_of or self.desk.horizon.start
        self._choosing = True
        self.table.clearSelection()
        self._choosing = False
        self._is_new = True
        self.form.show_value(SpecialDay(day + timedelta(days=7), "campaign", factor=1.2))
        self.form.show()
        self.remove.hide()
        self.form.editor("day").setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_bar()

    def writes(self) -> Sequence[Write] | None:
        """Return the change of the day shown."""
        if self.form is None:
            return ()
        seen, value = None if self._is_new else self.form.shown, self.form.value()
        if value is None:
            return None
        return (lambda workspace: workspace.settings.change_special_day(value, seen=seen),)

    def _stored(self) -> None:
        super()._stored()
        value = None if self.form is None else self.form.value()
        self._wanted = "" if value is None else special_day_key(value)

    def _ask_to_remove(self) -> None:
        if self.form is not None and self.form.shown is not None:
            item = self.form.shown
            day = format_date(item.day, self.desk.language)
            self.question.ask(
                message("Remove the special day {day}: {name}?", day=day, name=special_name(item))
            )

    def _remove(self) -> None:
        if self.form is None:
            return
        seen = self.form.shown
        self.perform(lambda workspace: workspace.settings.remove_special_day(seen))

    # --- drafts and searching --------------------------------------------------------------------

    def draft(self) -> Any:
        """Return what is typed."""
        if self.form is None or not self.differs:
            return None
        chosen = None if self._is_new else special_day_key(self.form.shown)
        return {"new": self._is_new, "chosen": chosen, "raw": self.form.raw()}

    def take_draft(self, draft: Any) -> None:
        """Show what was typed."""
        if draft["new"]:
            self._added()
        elif not self.table.choose(draft["chosen"]):
            return
        if self.form is not None:
            self.form.take_raw(draft["raw"])

    def texts(self) -> Iterable[Message | str]:
        """Return kinds and names."""
        named = [] if self.view is None else [item.name for item in self.view.special_days]
        return (*SPECIAL_KINDS.values(), *named, message("Expected contacts"))
