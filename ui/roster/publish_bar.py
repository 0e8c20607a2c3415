"""Asks once more before a roster is shown to people: what they will see, what is wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from ui.roster.inline_bar import InlineBar, button, line
from ui.roster.words import named_few
from ui.translate import Render, format_days, format_hours
from wfm.analysis import Publication
from wfm.analysis.draft import WeekDraft
from wfm.messages import Message, message

SHOWN_NAMES = 6


class PublishBar(InlineBar):
    """The confirmation of a publication, with its summary."""

    publish_wanted = Signal()
    changes_wanted = Signal()
    violations_wanted = Signal()

    def __init__(self, render: Render, language: str) -> None:
        super().__init__(render(message("Publish the roster")))
        self._render, self._language = render, language
        self.title, self.summary = line("section"), line()
        self.broken, self.short = line("bad"), line("warn")
        for label in (self.title, self.summary, self.broken, self.short):
            self.sentences.addWidget(label)
        links = QHBoxLayout()
        links.setSpacing(4)
        self.changes = button(render(message("See who is told what")), "link")
        self.violations = button(render(message("See the broken rules")), "link")
        for link in (self.changes, self.violations):
            link.setStyleSheet("padding: 0; margin-right: 12px;")  # text under the sentences
        links.addWidget(self.changes)
        links.addWidget(self.violations)
        links.addStretch(1)
        self.sentences.addLayout(links)
        self.cancel = button(render(message("Not yet")))
        self.publish = button(render(message("Publish now")), "primary")
        self.buttons.addWidget(self.cancel)
        self.buttons.addWidget(self.publish)
        self.cancel.clicked.connect(self.cancelled)
        self.publish.clicked.connect(self.publish_wanted)
        self.changes.clicked.connect(self.changes_wanted)
        self.violations.clicked.connect(self.violations_wanted)

    def ask(self, found: Publication, draft: WeekDraft) -> None:
        """Show what publishing this week would tell its people."""
        render, horizon = self._render, draft.horizon
        days = format_days(horizon.start, horizon.days, self._language)
        self.title.setText(render(message("Publish the roster of {days}?", days=days)))
        self.summary.setText(render(summary_of(found, draft)))
        hard = sum(item.hard for item in draft.violations())
        self.broken.setVisible(hard > 0)
        self.violations.setVisible(hard > 0)
        self.broken.setText(
            render(
                message(
                    "{count} hard rule is still broken.",
                    plural="{count} hard rules are still broken.",
                    count=hard,
                )
            )
        )
        covered = draft.coverage
        missing = 0.0 if covered is None else covered.understaffed_agent_hours
        self.short.setVisible(missing > 0)
        hours = format_hours(missing, self._language)
        self.short.setText(render(message("{hours} agent-hours are still missing.", hours=hours)))
        self.show()
        self.publish.setFocus(Qt.FocusReason.OtherFocusReason)


def summary_of(found: Publication, draft: WeekDraft) -> Message:
    """Return who would be told what, in one sentence."""
    names = [draft.facts.name(item.agent) for item in found.agents]
    changes = message("{count} change", plural="{count} changes", count=found.changes)
    if not found.published:
        shifts = message(
            "{count} shift", context="roster", plural="{count} shifts", count=found.changes
        )
        return message(
            "It was not published before: {count} person will see {shifts}.",
            plural="It was not published before: {count} people will see {shifts}.",
            count=len(names),
            shifts=shifts,
        )
    return message(
        "Since the last publication there is {changes} for {count} person: {names}.",
        plural="Since the last publication there are {changes} for {count} people: {names}.",
        changes=changes,
        count=len(names),
        names=named_few(names, SHOWN_NAMES),
    )
