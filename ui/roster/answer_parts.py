"""What the panels of questions have in common: a stage while waiting, a verdict, lines, buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from ui.roster.asking import Asking
from ui.roster.change_marks import CHANGE_SIGNS, CHANGE_TONES
from ui.roster.change_marks import change_words as words_of_change
from ui.roster.grouped_list import Entry, Group, GroupedList
from ui.roster.inline_bar import line
from ui.translate import Render
from ui.widgets.cards import restyle
from wfm.analysis import AgentDifference
from wfm.analysis.effects import Broken, Effect, hours_words
from wfm.messages import Message, message

SIGNS = {
    "hard": ("✗", "bad"), "rule": ("△", "warn"), "centre": ("△", "warn"), "wish": ("☆", "muted"),
}  # fmt: skip
"""Kind of a broken rule → sign and colour token."""


def button(text: str, role: str = "") -> QPushButton:
    """Return a push button of a role."""
    made = QPushButton(text)
    if role:
        made.setProperty("role", role)
    made.setAutoDefault(True)
    return made


class AnswerPage(QWidget):
    """A page that asks one kind of question: controls above, the answer's lines below."""

    topic = ""

    def __init__(self, asking: Asking, language: str, render: Render, name: str) -> None:
        super().__init__()
        self._asking, self._language, self.text_of = asking, language, render
        self.verdict, self.stage = line("section"), line("subtitle")
        self.stop = button(render(message("Stop")))
        self.stop.clicked.connect(asking.stop)
        self.list = GroupedList(name)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.first: QWidget = self.stop
        asking.changed.connect(self.show_asking)

    def finish(self, *below: QWidget) -> None:
        """Put stage, verdict and lines below the controls, and buttons below these."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.stage, 1)
        row.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self.column.addWidget(self.verdict)
        self.column.addWidget(self.list, 1)
        for widget in below:
            self.column.addWidget(widget)
        # takes the room of a list that is hidden
        self.column.addSpacerItem(
            QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
        )
        self.list.setMinimumHeight(120)
        self.say(None)
        self.show_asking()

    @property
    def busy(self) -> bool:
        """Whether this page waits for its answer."""
        return bool(self.topic) and self._asking.topic == self.topic

    def show_asking(self) -> None:
        """Show how far the answer is."""
        busy, stage = self.busy, self._asking.stage
        self.stop.setVisible(busy)
        self.stop.setEnabled(not self._asking.stopping)
        self.stage.setVisible(busy)
        if busy and stage is not None:
            self.stage.setText(self.text_of(stage))

    def say(self, text: Message | None, tone: str = "section") -> None:
        """Show the verdict in a role of the style sheet, or none."""
        self.verdict.setVisible(text is not None)
        self.verdict.setText("" if text is None else self.text_of(text))
        if self.verdict.property("role") != tone:
            self.verdict.setProperty("role", tone)
            restyle(self.verdict)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Hand the keyboard to the first control."""
        super().focusInEvent(event)
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)


def plain_group(title: str, texts: Sequence[str], sign: str = "·", tone: str = "muted") -> Group:
    """Return a group of lines that lead nowhere."""
    return Group("", title, "", tuple(Entry(text, sign, tone, "") for text in texts))


def effect_groups(
    found: Effect, names: Mapping[str, str], language: str, render: Render
) -> tuple[Group, ...]:
    """Return what another roster does: hours, rules, and the shifts of everybody it concerns."""
    groups = [
        plain_group(render(message("What it costs")), [render(t) for t in hours_words(found)])
    ]
    for title, items in (
        (message("No longer kept"), found.gained),
        (message("Kept now"), found.mended),
    ):
        if items:
            entries = tuple(_broken_entry(item, names, render) for item in items)
            groups.append(Group("", render(title), str(len(items)), entries))
    return (*groups, *person_groups(found.agents, names, language, render))


def person_groups(
    agents: Sequence[AgentDifference], names: Mapping[str, str], language: str, render: Render
) -> tuple[Group, ...]:
    """Return the changed shifts of each person."""
    return tuple(
        Group(
            item.agent,
            names.get(item.agent, item.agent),
            "",
            tuple(
                Entry(
                    words_of_change(change, language, render),
                    CHANGE_SIGNS[change.what],
                    CHANGE_TONES[change.what],
                    change.agent,
                    change.day,
                )
                for change in item.changes
            ),
        )
        for item in agents
    )


def _broken_entry(item: Broken, names: Mapping[str, str], render: Render) -> Entry:
    sign, tone = SIGNS.get(item.kind, ("·", "muted"))
    who, what = names.get(item.agent, item.agent), render(item.text)
    text = render(message("{name}: {what}", name=who, what=what)) if who else what
    return Entry(text, sign, tone, item.agent)
