"""The section about aims: an ordered list of what rosters are to achieve, each with a strength."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.settings.section import Section, Write
from ui.widgets.cards import styled_label
from ui.widgets.choices import Choices
from ui.widgets.icons import IconButton
from wfm.messages import Message, message
from wfm.model.aims import AIM_HELP, AIM_NAMES, STRENGTHS, Aim, Aims
from wfm.services.settings import SettingsView

NUMBER_WIDTH = 24


class AimLine(QWidget):
    """One aim: its place, name, what it weighs, how strongly, and two buttons to move it."""

    def __init__(self, section: AimsSection, key: str) -> None:
        super().__init__()
        render = section.text_of
        name = render(AIM_NAMES[key])
        self.key, self._section = key, section
        self.place = styled_label(role="section")
        self.place.setFixedWidth(NUMBER_WIDTH)
        self.up = IconButton("up", render(message("More important: {aim}", aim=AIM_NAMES[key])))
        self.down = IconButton("down", render(message("Less important: {aim}", aim=AIM_NAMES[key])))
        self.up.clicked.connect(lambda: section.move_aim(key, -1))
        self.down.clicked.connect(lambda: section.move_aim(key, 1))
        self.strength = Choices(
            [(each, render(words)) for each, words in STRENGTHS.items()], "normal",
            render(message("Strength of {aim}", aim=AIM_NAMES[key])),
        )  # fmt: skip
        self.strength.chosen.connect(lambda strength: section.set_strength(key, strength))
        help_text = styled_label(render(AIM_HELP[key]), "caption")
        help_text.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(styled_label(name))
        words.addWidget(help_text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(self.place)
        row.addLayout(words, 1)
        row.addWidget(self.strength)
        for step in (self.up, self.down):
            step.setProperty("role", "quiet-step")
            row.addWidget(step)
        self.setAccessibleName(name)
        for each in (self.up, self.down, *self.strength.buttons.values()):
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Move the aim by Alt with an arrow key; plain arrows stay the buttons' own."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._section.move_aim(self.key, step)
                return True
        return super().eventFilter(watched, event)


class AimsSection(Section):
    """The most important aim first; the next run of the solver follows the order."""

    key = "aims"
    title = message("Aims of the roster")
    about = message(
        "What a roster is to achieve, the most important first. Each place up doubles what an aim"
        " weighs; “strong” doubles it once more, “light” halves it. The roster as it is stays; the"
        " next build follows."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.aims = self._base = Aims()
        self.lines = {key: AimLine(self, key) for key in AIM_NAMES}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.column.addLayout(self._rows)
        self.usual = QPushButton(self.text_of(message("Back to the usual order")))
        self.usual.setProperty("role", "link")
        self.usual.clicked.connect(lambda: self._take(Aims()))
        self.column.addWidget(self.usual, 0, Qt.AlignmentFlag.AlignLeft)
        self._arrange()

    # --- editing ---------------------------------------------------------------------------------

    def move_aim(self, key: str, step: int) -> None:
        """Move an aim up or down; the button pressed keeps the keyboard."""
        place = self.aims.keys.index(key) + step
        if not 0 <= place < len(self.aims.keys):
            return
        self._take(self.aims.moved(key, place))
        line = self.lines[key]
        button = line.up if step < 0 else line.down
        if not button.isEnabled():
            button = line.down if step < 0 else line.up
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_strength(self, key: str, strength: str) -> None:
        """Choose how strongly an aim is pursued."""
        self._take(self.aims.with_strength(key, strength))

    def _take(self, aims: Aims) -> None:
        self.aims = aims
        self._arrange()
        self.show_bar()

    def _arrange(self) -> None:
        last = len(self.aims.order) - 1
        for place, aim in enumerate(self.aims.order):
            line = self.lines[aim.key]
            self._rows.removeWidget(line)
            self._rows.insertWidget(place, line)
            line.place.setText(str(place + 1))
            line.strength.choose(aim.strength)
            line.up.setEnabled(place > 0)
            line.down.setEnabled(place < last)
        self.usual.setVisible(self.aims != Aims())
        names = [self.lines[key] for key in self.aims.keys]
        for before, after in pairwise(names):
            QWidget.setTabOrder(before.down, after.up)

    # --- what a section says ---------------------------------------------------------------------

    def fill(self, view: SettingsView) -> None:
        """Show the stored aims."""
        self.aims = self._base = view.site.aims
        self._arrange()

    @property
    def differs(self) -> bool:
        """Whether the order or a strength is another than what is stored."""
        return self.aims != self._base

    def writes(self) -> Sequence[Write]:
        """Return the change of the aims."""
        aims, seen = self.aims, self._base
        return (lambda workspace: workspace.settings.change_aims(aims, seen=seen),)

    def draft(self) -> Any:
        """Return the order and strengths that are not stored."""
        return [(aim.key, aim.strength) for aim in self.aims.order] if self.differs else None

    def take_draft(self, draft: Any) -> None:
        """Show an order again."""
        self._take(Aims(tuple(Aim(key, strength) for key, strength in draft)))

    def texts(self) -> Iterable[Message | str]:
        """Return the names of the aims and what they weigh."""
        return [*AIM_NAMES.values(), *AIM_HELP.values()]
