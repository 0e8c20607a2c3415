"""Says what a proposed roster changes, and carries the two buttons that decide about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from ui.roster.change_marks import CHANGE_SIGNS, count_words
from ui.roster.inline_bar import InlineBar, button, line
from ui.roster.words import listed
from ui.translate import Render, format_days, format_number
from wfm.analysis import CHANGES, RosterDifference
from wfm.messages import Message, message
from wfm.services.proposing import Proposal


class ProposalBar(InlineBar):
    """Shown as long as a proposal waits; on another week it says where the proposal is."""

    accept_wanted = Signal()
    discard_wanted = Signal()
    week_wanted = Signal()

    def __init__(self, render: Render, language: str) -> None:
        super().__init__(render(message("Proposed roster")))
        self._render, self._language = render, language
        self.title, self.summary, self.objection = line("section"), line(), line("bad")
        for label in (self.title, self.summary, self.objection):
            self.sentences.addWidget(label)
        self.show_week = button(render(message("Show it")), "link")
        self.discard = button(render(message("Discard")))
        self.accept = button(render(message("Accept")), "primary")
        for each in (self.show_week, self.discard, self.accept):
            self.buttons.addWidget(each)
        self.accept.clicked.connect(self.accept_wanted)
        self.discard.clicked.connect(self.discard_wanted)
        self.show_week.clicked.connect(self.week_wanted)

    def show_proposal(
        self, proposal: Proposal, objection: Message | None, *, here: bool, busy: bool
    ) -> None:
        """Show a proposal; ``here`` tells whether it is for the week on the screen."""
        render = self._render
        self.show_week.setVisible(not here)
        self.accept.setVisible(here)
        self.discard.setVisible(here)
        self.accept.setEnabled(not busy and objection is None)
        self.discard.setEnabled(not busy)
        horizon = proposal.horizon
        if not here:
            days = format_days(horizon.start, horizon.days, self._language)
            self.title.setText(render(message("A roster of {days} is proposed.", days=days)))
        else:
            self.title.setText(render(title_of(proposal.difference)))
        self.summary.setText(render(self._summary(proposal.difference)) if here else "")
        self.summary.setVisible(here)
        self.objection.setText("" if objection is None else render(objection))
        self.objection.setVisible(objection is not None)
        self.show()

    def focus_accept(self) -> None:
        """Give the keyboard to the decision."""
        self.accept.setFocus(Qt.FocusReason.OtherFocusReason)

    def _summary(self, found: RosterDifference) -> Message:
        counted = [
            message("{sign} {what}", sign=CHANGE_SIGNS[what], what=count_words(what, number))
            for what in CHANGES
            if (number := found.count(what))
        ]
        before = format_number(found.before.worked_minutes / 60, self._language, 1)
        after = format_number(found.after.worked_minutes / 60, self._language, 1)
        hours = message("worked hours {before} → {after}", before=before, after=after)
        if not counted:
            return hours
        return message("{changes} · {hours}", changes=listed(counted), hours=hours)


def title_of(found: RosterDifference) -> Message:
    """Return how much a proposal changes, in one sentence."""
    if not found.changes:
        return message("The proposed roster is the one you have: nothing would change.")
    changes = message("{count} change", plural="{count} changes", count=len(found.changes))
    return message(
        "Proposed roster: {changes} for {count} person. Nothing is stored yet.",
        plural="Proposed roster: {changes} for {count} people. Nothing is stored yet.",
        changes=changes,
        count=len(found.agents),
    )
