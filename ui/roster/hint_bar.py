"""What to do first in a week that has no roster, or whose required staff is not known."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.roster.inline_bar import InlineBar, button, line
from ui.translate import Render
from wfm.analysis.draft import WeekDraft
from wfm.messages import message

NO_ROSTER = (
    message(
        "This week has no roster yet. One press makes what is missing of forecast and required"
        " staff, and proposes a roster."
    ),
    message("Build the roster"),
)
NO_REQUIREMENT = (
    message("The required staff of this week is not known, so nobody can tell where staff lacks."),
    message("Compute the required staff"),
)


class HintBar(InlineBar):
    """One sentence and one button."""

    build_wanted = Signal()
    require_wanted = Signal()

    def __init__(self, render: Render) -> None:
        super().__init__(render(message("What to do first")))
        self._render = render
        self._about = NO_ROSTER
        self.sentence = line()
        self.act = button(render(NO_ROSTER[1]))
        self.sentences.addWidget(self.sentence)
        self.buttons.addWidget(self.act)
        self.act.clicked.connect(self._acted)

    def show_week(self, draft: WeekDraft, *, previewing: bool, running: bool) -> None:
        """Show what a week lacks, or nothing."""
        if (draft.planned and draft.coverage is not None) or previewing or running:
            self.hide()
            return
        self._about = NO_REQUIREMENT if draft.planned else NO_ROSTER
        sentence, action = self._about
        self.sentence.setText(self._render(sentence))
        self.act.setText(self._render(action))
        self.show()

    def _acted(self) -> None:
        wanted = self.build_wanted if self._about is NO_ROSTER else self.require_wanted
        wanted.emit()
