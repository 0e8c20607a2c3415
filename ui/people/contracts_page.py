"""Contracts: the terms of work that people share, one at a time in a small editor."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.form import Ask, form_for
from ui.people.profile import fit_panel
from ui.people.scrolled import scrolled
from ui.translate import Render
from ui.widgets.cards import styled_label
from ui.widgets.editors import TextEditor
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.activity import ShiftKind
from wfm.model.people import Contract
from wfm.services.people_checks import FieldError
from wfm.services.people_view import PeopleView
from wfm.services.rotation_text import rotation_of, rotation_text

FIELDS = (
    "name", "day_minutes", "week_minutes_min", "week_minutes_max", "week_days_min",
    "week_days_max", "paid_hourly", "four_week_minutes_min", "four_week_minutes_max",
    "month_minutes_min", "month_minutes_max", "four_week_rest", "rotation_start",
)  # fmt: skip
ASKS = {
    "name": Ask(message("Name"), needed=True),
    "day_minutes": Ask(message("Working day"), unit="h", form="length", low=1, high=1440),
    "week_minutes_min": Ask(
        message("Least per week"), unit="h", form="length", low=0, high=10080
    ),
    "week_minutes_max": Ask(
        message("Most per week"), unit="h", form="length", low=0, high=10080,
        help=message("0:00 sets no limit but the law's."),
    ),
    "week_days_min": Ask(message("Fewest days per week"), unit="d", low=0, high=7),
    "week_days_max": Ask(message("Most days per week"), unit="d", low=1, high=7),
    "paid_hourly": Ask(message("Paid by the hour")),
    "four_week_minutes_min": Ask(
        message("Least in four weeks"), unit="h", form="length", low=0, high=28 * 1440
    ),
    "four_week_minutes_max": Ask(
        message("Most in four weeks"), unit="h", form="length", low=0, high=28 * 1440,
        help=message("0:00 sets no limit."),
    ),
    "month_minutes_min": Ask(
        message("Least in a month"), unit="h", form="length", low=0, high=31 * 1440
    ),
    "month_minutes_max": Ask(
        message("Most in a month"), unit="h", form="length", low=0, high=31 * 1440,
        help=message("0:00 sets no limit."),
    ),
    "four_week_rest": Ask(
        message("Days off by four weeks"),
        help=message("Four days off in four weeks instead of one in every week."),
    ),
    "rotation_start": Ask(
        message("Rotation from"), help=message("The day of the rotation's first day.")
    ),
}  # fmt: skip
NEW_KEY = ""


class ContractsPage(QWidget):
    """``put`` carries (contract, as seen or ``None``), ``dropped`` a contract to remove."""

    put = Signal(object, object)
    dropped = Signal(object)

    def __init__(self, render: Render) -> None:
        super().__init__()
        self._render = render
        self._contracts: dict[str, Contract] = {}
        self._kinds: dict[str, ShiftKind] = {}
        self.list = QListWidget()
        self.list.setAccessibleName(render(message("Contracts")))
        self.list.setFixedHeight(168)
        self.form = form_for(Contract, render, only=FIELDS, asks=ASKS)
        fit_panel(self.form)
        self.kinds: dict[str, QCheckBox] = {}
        self._kind_grid = QGridLayout()
        self.rotation = TextEditor()
        self.rotation.setAccessibleName(render(message("Rotation")))
        self.error = styled_label(role="error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.save = QPushButton(render(message("Save")))
        self.discard = QPushButton(render(message("Discard")))
        self.discard.setProperty("role", "quiet")
        self.add = QPushButton(render(message("New contract")))
        self.remove = QPushButton(render(message("Remove contract")))
        self.remove.setProperty("role", "link")
        self._lay_out()
        self.list.currentItemChanged.connect(lambda *_items: self._show_current())
        self.form.edited.connect(self._show_state)
        self.rotation.edited.connect(self._show_state)
        self.save.clicked.connect(self.commit)
        self.discard.clicked.connect(self._show_current)
        self.add.clicked.connect(self.begin_new)
        self.remove.clicked.connect(self._remove)

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 8, 8, 0)
        column.setSpacing(8)
        column.addWidget(self.list)
        column.addLayout(_row(self.add, self.remove))
        column.addWidget(self.form)
        column.addWidget(styled_label(self._render(message("Rotation")), "section"))
        column.addWidget(self.rotation)
        words = message(
            "As 4勤2休, or for each day ○ (any shift), – (off) or a shift kind's letter."
        )
        hint = styled_label(self._render(words), "caption")
        hint.setWordWrap(True)
        column.addWidget(hint)
        column.addWidget(styled_label(self._render(message("Shift kinds it allows")), "section"))
        self._kind_grid.setHorizontalSpacing(12)
        self._kind_grid.setVerticalSpacing(2)
        column.addLayout(self._kind_grid)
        column.addWidget(self.error)
        column.addLayout(_row(self.save, self.discard))
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    # --- showing ---------------------------------------------------------------------------------

    def show_view(self, view: PeopleView) -> None:
        """Show the centre's contracts; the one being edited stays as it is typed."""
        kinds = dict(view.shift_kinds)
        if kinds != self._kinds:
            self._kinds = kinds
            self._build_kinds()
        used = Counter(person.agent.contract for person in view.people)
        known = self.current
        typed = self.unsaved
        self._contracts = dict(view.contracts)
        self.list.blockSignals(True)
        self.list.clear()
        for contract in self._contracts.values():
            people = message("{count} person", plural="{count} people", count=used[contract.key])
            item = QListWidgetItem(f"{contract.name}  ·  {self._render(people)}")
            item.setData(Qt.ItemDataRole.UserRole, contract.key)
            self.list.addItem(item)
            if contract.key == known:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0 and known != NEW_KEY and self.list.count():
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        if not typed:
            self._show_current()

    @property
    def current(self) -> str | None:
        """Key of the contract shown; empty for a new one, ``None`` before any."""
        shown = self.form.shown
        return None if shown is None else shown.key

    def choose(self, key: str) -> None:
        """Show a contract."""
        for place in range(self.list.count()):
            item = self.list.item(place)
            if item.data(Qt.ItemDataRole.UserRole) == key:
                self.list.setCurrentItem(item)

    def begin_new(self) -> None:
        """Show a contract that is not there yet."""
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        self.list.clearSelection()
        self.list.blockSignals(False)
        self._show(Contract(NEW_KEY, "", tuple(self._kinds)))
        self.form.editor("name").setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_current(self) -> None:
        chosen = self.list.currentRow() >= 0
        key = self.list.currentItem().data(Qt.ItemDataRole.UserRole) if chosen else None
        if key in self._contracts:
            self._show(self._contracts[key])
        elif self.current == NEW_KEY:
            self._show(Contract(NEW_KEY, "", tuple(self._kinds)))

    def _show(self, contract: Contract) -> None:
        self.form.show_value(contract)
        self.rotation.show_value(rotation_text(contract.rotation, self._kinds))
        for key, box in self.kinds.items():
            box.setChecked(key in contract.shift_kinds)
        self.error.hide()
        self._show_state()

    def _build_kinds(self) -> None:
        for box in self.kinds.values():
            self._kind_grid.removeWidget(box)
            box.deleteLater()
        self.kinds = {}
        for place, kind in enumerate(self._kinds.values()):
            box = QCheckBox(f"{kind.letter}  {kind.name}")
            box.clicked.connect(lambda _on=False: self._show_state())
            self._kind_grid.addWidget(box, place, 0)
            self.kinds[kind.key] = box

    def _show_state(self) -> None:
        self.error.hide()
        new = self.current == NEW_KEY
        self.save.setEnabled(self.unsaved or new)
        self.discard.setEnabled(self.unsaved)
        self.remove.setEnabled(self.current is not None and not new)

    # --- changing --------------------------------------------------------------------------------

    @property
    def _chosen_kinds(self) -> tuple[str, ...]:
        return tuple(key for key, box in self.kinds.items() if box.isChecked())

    @property
    def unsaved(self) -> bool:
        """Whether something typed is not written yet."""
        shown = self.form.shown
        if shown is None:
            return False
        rotation = rotation_text(shown.rotation, self._kinds)
        differs = self.form.differs or self.rotation.raw() != rotation
        return differs or set(self._chosen_kinds) != set(shown.shift_kinds)

    def commit(self) -> None:
        """Write the contract as it is typed."""
        seen, typed = self.form.shown, self.form.value()
        if typed is None or seen is None:
            return
        try:
            rotation = rotation_of(self.rotation.text(), self._kinds)
        except WfmError as error:
            self.refuse(error)
            return
        kinds = self._chosen_kinds
        # the order of the kinds says nothing; keep the one that is stored
        kept = tuple(key for key in seen.shift_kinds if key in kinds)
        kinds = kept + tuple(key for key in kinds if key not in kept)
        wanted = replace(typed, shift_kinds=kinds, rotation=rotation)
        self.put.emit(wanted, None if seen.key == NEW_KEY else seen)

    def written(self, contract: Contract) -> None:
        """It was written: go on from there."""
        self._contracts[contract.key] = contract
        self._show(contract)

    def refuse(self, error: WfmError) -> None:
        """Show why the contract was not taken; what was typed stays."""
        field = error.field if isinstance(error, FieldError) else ""
        if field in self.form.names:
            self.form.show_error(error.message, field)
        else:
            self.error.setText(self._render(error.message))
            self.error.show()

    def _remove(self) -> None:
        if self.current:
            self.dropped.emit(self._contracts[self.current])


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
