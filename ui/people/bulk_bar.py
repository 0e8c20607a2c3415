"""What can be done with several people at once; shown while more than one is chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.people.leave_form import LeaveForm
from ui.people.menu_button import MenuButton, add_entry
from ui.people.words import LEVEL_MARKS, LEVEL_NAMES, NO_TEAM, role_choices
from ui.translate import Render
from ui.widgets.cards import Card, styled_label
from ui.widgets.editors import number_editor
from wfm.errors import WfmError
from wfm.messages import message
from wfm.services.people import BulkEdit
from wfm.services.people_checks import LEAST_SPEED, LEVELS, MOST_SPEED
from wfm.services.people_view import PeopleView


class BulkBar(Card):
    """``wanted`` carries a :class:`~wfm.services.people.BulkEdit`; leave comes from :attr:`leave`.

    ``removal_wanted`` and ``dropped`` ask to remove the people, and to choose none of them.
    """

    wanted = Signal(object)
    removal_wanted = Signal()
    dropped = Signal()

    def __init__(self, render: Render) -> None:
        super().__init__()
        self._render = render
        self.count = styled_label(role="section")
        self.team = MenuButton(render(message("Team")))
        self.contract = MenuButton(render(message("Contract")))
        self.role = MenuButton(render(message("Role")))
        self.skill = MenuButton(render(message("Skill")))
        self.speed_button = QPushButton(render(message("Speed…")))
        self.leave_button = QPushButton(render(message("Leave…")))
        self.remove_button = QPushButton(render(message("Remove…")))
        self.clear_button = QPushButton(render(message("Choose none")))
        self.clear_button.setProperty("role", "link")
        self.leave = LeaveForm(render, wishes=False, wide=True)
        self.speed = number_editor(low=LEAST_SPEED, high=MOST_SPEED)
        self.speed_row = self._speed_row()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.count)
        row.addSpacing(8)
        for button in (
            self.team, self.contract, self.role, self.skill, self.speed_button,
            self.leave_button, self.remove_button,
        ):  # fmt: skip
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.clear_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 8)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.speed_row)
        column.addWidget(self.leave)
        self._connect()
        self.fold()
        self.hide()

    def _speed_row(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.speed.show_value(100)
        self.speed.setAccessibleName(self._render(message("Speed")))
        self.set_speed = QPushButton(self._render(message("Set", context="button")))
        self.speed_error = styled_label(role="error")
        row.addWidget(styled_label(self._render(message("Speed"))))
        row.addWidget(self.speed)
        row.addWidget(styled_label(self._render(message("% of a standard agent")), "subtitle"))
        row.addWidget(self.set_speed)
        row.addWidget(self.speed_error, 1)
        return made

    def _connect(self) -> None:
        self.speed_button.clicked.connect(lambda: self._unfold(self.speed_row))
        self.leave_button.clicked.connect(lambda: self._unfold(self.leave))
        self.remove_button.clicked.connect(self.removal_wanted)
        self.clear_button.clicked.connect(self.dropped)
        self.set_speed.clicked.connect(self._send_speed)
        self.speed.returnPressed.connect(self._send_speed)

    # --- showing ---------------------------------------------------------------------------------

    def show_count(self, count: int) -> None:
        """Show the bar for so many people; hide it for fewer than two."""
        self.setVisible(count > 1)
        self.count.setText(
            self._render(
                message("{count} person chosen", plural="{count} people chosen", count=count)
            )
        )
        if count < 2:
            self.fold()

    def fold(self) -> None:
        """Hide the second line."""
        self.speed_row.hide()
        self.leave.hide()

    def open_leave(self) -> None:
        """Ask for leave."""
        self._unfold(self.leave)

    def _unfold(self, part: QWidget) -> None:
        shown = not part.isHidden()
        self.fold()
        if not shown:
            part.show()
            (self.speed if part is self.speed_row else self.leave.first).setFocus()

    def offer(self, view: PeopleView) -> None:
        """Offer the teams, contracts and skills that there are."""
        teams = [("", self._render(NO_TEAM)), *((t.key, t.name) for t in view.teams.values())]
        self.team.fill((name, self._edit(BulkEdit(team=key))) for key, name in teams)
        self.contract.fill(
            (item.name, self._edit(BulkEdit(contract=item.key))) for item in view.contracts.values()
        )
        self.role.fill(
            (name, self._edit(BulkEdit(role=key))) for key, name in role_choices(self._render)
        )
        self._offer_skills(view)

    def _offer_skills(self, view: PeopleView) -> None:
        menu = self.skill.menu_shown
        menu.clear()
        for skill in view.skills.values():
            below = menu.addMenu(skill.name)
            for level in LEVELS:
                words = f"{self._render(LEVEL_MARKS[level])}  {self._render(LEVEL_NAMES[level])}"
                add_entry(below, words, self._edit(BulkEdit(add_skills={skill.key: level})))
            below.addSeparator()
            away = self._render(message("Take away"))
            add_entry(below, away, self._edit(BulkEdit(remove_skills=(skill.key,))))

    def _edit(self, edit: BulkEdit) -> Callable[[], None]:
        return partial(self.wanted.emit, edit)

    def _send_speed(self) -> None:
        try:
            edit = BulkEdit(speed_percent=self.speed.value())
        except WfmError as error:
            self.speed_error.setText(self._render(error.message))
            return
        self.speed_error.clear()
        self.fold()
        self.wanted.emit(edit)
