"""Who works at which queue when: blocks of a least length, day by day, and a file of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog

from ui.roster.answer_parts import AnswerPage, button
from ui.roster.asking import Asking
from ui.roster.grouped_list import Entry, Group
from ui.roster.inline_bar import line
from ui.translate import Render, format_date, format_hours
from ui.widgets.cards import styled_label
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.choices import Choices
from wfm.messages import message
from wfm.model.time import format_clock, format_iso_week
from wfm.services.queues import QueueWeek

TOPIC = "queues"
LEAST = (30, 60, 90, 120)
"""Least minutes at one queue to choose from."""


class QueuesPage(AnswerPage):
    """Shares the week's people out among their queues and shows one day of it."""

    topic = TOPIC

    asked = Signal(int)
    """Least minutes at one queue."""
    write_wanted = Signal(str)
    """Path of the file."""

    def __init__(self, asking: Asking, language: str, render: Render) -> None:
        super().__init__(asking, language, render, render(message("Who works at which queue")))
        self.week: QueueWeek | None = None
        self.about = line("subtitle")
        self.about.setText(render(message(
            "Between two breaks nobody leaves a queue before this time has passed."
        )))  # fmt: skip
        words = [(str(item), render(message("{minutes} min", minutes=item))) for item in LEAST]
        self.least = Choices(words, "60", render(message("Least time at one queue")))
        self.share = button(render(message("Share out the queues")), "primary")
        self.share.clicked.connect(lambda: self.asked.emit(int(self.least.current)))
        self.day = ChoiceBox()
        self.day.setAccessibleName(render(message("Day shown")))
        self.day.currentIndexChanged.connect(lambda _row: self._show_day())
        self.write = button(render(message("Write the week as CSV…")))
        self.write.clicked.connect(self._browse)
        self.column.addWidget(self.about)
        self.column.addWidget(styled_label(render(message("Least time at one queue")), "caption"))
        self.column.addWidget(self.least, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.share)
        self.column.addWidget(self.day)
        self.first = self.share
        self.finish(self.write)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Forget what was shared out: the roster is another."""
        self.week = None
        self.list.set_groups(())
        self.say(None)
        for part in (self.day, self.list, self.write):
            part.hide()

    def show_asking(self) -> None:
        """Show how far the answer is."""
        super().show_asking()
        if hasattr(self, "share"):
            self.share.setEnabled(not self.busy)

    def show_answer(self, found: QueueWeek, day: date | None) -> None:
        """Show what came out, at ``day`` where the week has it."""
        self.week = found
        plan, days = found.plan, found.centre.horizon.dates
        missing, free = (
            format_hours(value, self._language)
            for value in (plan.missing_hours, plan.free_missing_hours)
        )
        self.say(message(
            "{switches} changes of queue. {missing} agent-hours are missing, {free} if everybody"
            " could change in every interval.",
            switches=plan.switches, missing=missing, free=free,
        ))  # fmt: skip
        self.day.blockSignals(True)
        self.day.clear()
        self.day.addItems([format_date(item, self._language, short=True) for item in days])
        self.day.setCurrentIndex(days.index(day) if day in days else 0)
        self.day.blockSignals(False)
        for part in (self.day, self.list, self.write):
            part.show()
        self._show_day()

    def _show_day(self) -> None:
        if self.week is None:
            return
        day = self.week.centre.horizon.dates[max(self.day.currentIndex(), 0)]
        self.list.set_groups(_groups(self.week, day))

    def _browse(self) -> None:
        if self.week is None:
            return
        dialog = QFileDialog(self)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(str(Path.home()))
        dialog.selectFile(f"queues-{format_iso_week(self.week.centre.horizon.start)}.csv")
        dialog.fileSelected.connect(self.write_wanted)
        dialog.open()


def _groups(week: QueueWeek, day: date) -> Sequence[Group]:
    """Return everybody at work on a day, in order of name, with their blocks."""
    people = {agent.key: agent.name for agent in week.centre.agents}
    skills = {skill.key: skill.name for skill in week.centre.skills}
    found = []
    for agent, blocks in groupby(
        (item for item in week.plan.blocks if item.day == day), key=lambda item: item.agent
    ):
        entries = tuple(
            Entry(
                f"{format_clock(item.start)}–{format_clock(item.end)}  "
                f"{skills.get(item.skill, item.skill)}",
                "·", "muted", agent, day,
            )
            for item in blocks
        )  # fmt: skip
        found.append(Group(agent, people.get(agent, agent), "", entries))
    return sorted(found, key=lambda group: group.name)
