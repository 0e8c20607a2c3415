"""Why not? One person's day as it is wished: its cost and whom it concerns, or what forbids it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from ui.roster.answer_parts import AnswerPage, button, effect_groups, plain_group
from ui.roster.asking import Asking
from ui.roster.inline_bar import line
from ui.translate import Render, format_date, format_hours
from ui.widgets.editors import ChoiceEditor, clock_editor
from wfm.analysis.draft import WeekDraft
from wfm.analysis.effects import SMALL
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.run import WISHED_KINDS, WishedDay
from wfm.services.whatif import WhyNot

TOPIC = "why"
OFF, WORK, START = "off", "work", "start"


class WhyPage(AnswerPage):
    """Asks about the cell chosen last, and shows the answer until another question."""

    topic = TOPIC

    asked = Signal(object)
    """A :class:`~wfm.model.run.WishedDay`."""
    propose_wanted = Signal()
    refused = Signal(object)

    def __init__(self, asking: Asking, language: str, render: Render) -> None:
        super().__init__(asking, language, render, render(message("Answer")))
        self.wished: WishedDay | None = None
        self.answer: WhyNot | None = None
        self._kinds: dict[str, str] = {}
        self.who = line("section")
        self.what = ChoiceEditor([])
        self.what.setAccessibleName(render(message("Why not")))
        self.what.edited.connect(self._what_chosen)
        self.start = clock_editor(low=0, step=15, high=1439)
        self.start.setAccessibleName(render(message("Start")))
        self.ask = button(render(message("Ask")), "primary")
        self.ask.clicked.connect(self.ask_now)
        self.propose = button(render(message("Show it as a proposal")))
        self.propose.clicked.connect(self.propose_wanted)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.what, 1)
        row.addWidget(self.start)
        row.addWidget(self.ask)
        self.column.addWidget(self.who)
        self.column.addLayout(row)
        self.first = self.what
        self.finish(self.propose)
        self.show_question(None, None)

    def show_question(self, wished: WishedDay | None, draft: WeekDraft | None) -> None:
        """Show who and which day are in question; without a cell, how to choose one."""
        self.wished, self.answer = wished, None
        there = wished is not None and draft is not None
        for widget in (self.what, self.ask):
            widget.setVisible(there)
        self.start.hide()
        self.list.set_groups(())
        self.say(None)
        self._show_buttons()
        if wished is None or draft is None:
            self.who.setText(self.text_of(message(
                "Choose somebody's day in the roster and press W, or use its menu."
            )))  # fmt: skip
            return
        day = format_date(wished.day, self._language, short=True)
        self.who.setText(self.text_of(message("{name}, {day}", name=draft.facts.name(wished.agent),
                                              day=day)))  # fmt: skip
        self._offer(draft, wished)
        if wished.start is not None:
            self.start.show_value(wished.start)
        self._what_chosen()

    def ask_now(self) -> None:
        """Ask what is chosen."""
        wished = self._wish()
        if wished is not None:
            self.wished, self.answer = wished, None
            self.list.set_groups(())
            self.say(None)
            self._show_buttons()
            self.asked.emit(wished)

    def show_answer(self, answer: WhyNot, names: Mapping[str, str]) -> None:
        """Show what came out."""
        self.answer = answer
        self.say(*verdict(answer, self._language))
        groups = []
        if answer.reasons:
            title = names.get(answer.wished.agent, answer.wished.agent)
            groups.append(plain_group(title, [self.text_of(t) for t in answer.reasons], "✗", "bad"))
        if answer.effect is not None:
            groups += effect_groups(answer.effect, names, self._language, self.text_of)
        self.list.set_groups(groups)
        self._show_buttons()
        if answer.plan is not None:
            self.propose.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- inside ----------------------------------------------------------------------------------

    def _offer(self, draft: WeekDraft, wished: WishedDay) -> None:
        kinds = draft.facts.kinds_of(wished.agent)
        words = [(OFF, self.text_of(WISHED_KINDS[OFF])), (WORK, self.text_of(WISHED_KINDS[WORK]))]
        words += [
            (f"shift:{kind.key}", self.text_of(message("works “{kind}”", kind=kind.name)))
            for kind in kinds
        ]
        words.append((START, self.text_of(WISHED_KINDS[START])))
        self.what.clear()
        self.what.values = [key for key, _ in words]
        self.what.addItems([text for _, text in words])
        key = f"shift:{wished.shift}" if wished.kind == "shift" else wished.kind
        self.what.show_value(key)

    def _wish(self) -> WishedDay | None:
        if self.wished is None:
            return None
        kind, _, shift = str(self.what.value()).partition(":")
        try:
            start = self.start.value() if kind == START else None
            return WishedDay(self.wished.agent, self.wished.day, kind, shift, start)
        except WfmError as error:
            self.refused.emit(error.message)
            return None

    def _what_chosen(self) -> None:
        self.start.setVisible(self.what.value() == START)

    def show_asking(self) -> None:
        """Show how far the answer is; nothing else can be asked meanwhile."""
        super().show_asking()
        if hasattr(self, "ask"):
            self._show_buttons()

    def _show_buttons(self) -> None:
        self.ask.setEnabled(not self.busy)
        plan = None if self.answer is None else self.answer.plan
        self.propose.setVisible(plan is not None)


def verdict(answer: WhyNot, language: str) -> tuple[Message, str]:
    """Return the answer in one sentence, and its tone."""
    if answer.already:
        return message("It is so already."), "section"
    if not answer.possible or answer.effect is None:
        return message("It cannot be so while all of this holds:"), "bad"
    others, hours = len(answer.others), answer.effect.short_hours
    if hours > SMALL:
        cost = message("It costs {hours} agent-hours of missing staff",
                       hours=format_hours(hours, language))  # fmt: skip
    else:
        cost = message("It costs no missing staff")
    if not others:
        return message("{cost}; nobody else is affected.", cost=cost), "section"
    return message(
        "{cost}; {count} other person is affected.",
        plural="{cost}; {count} other people are affected.",
        cost=cost,
        count=others,
    ), "section"
