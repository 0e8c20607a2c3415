"""What would help: who has no lawful week, what could give way, and what each is worth."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal

from ui.roster.answer_parts import AnswerPage, button, plain_group
from ui.roster.asking import Asking
from ui.roster.grouped_list import Entry, Group
from ui.roster.inline_bar import line
from ui.translate import Render
from wfm.messages import message
from wfm.services.relaxing import Price, Priced, price_words
from wfm.services.unlawful import Unlawful

TOPIC = "helps"
SMALL = 0.005


class HelpsPage(AnswerPage):
    """Prices what could give way where most staff is missing, by re-solving the week."""

    topic = TOPIC

    asked = Signal()

    def __init__(self, asking: Asking, language: str, render: Render) -> None:
        super().__init__(asking, language, render, render(message("What would help")))
        self.about = line("subtitle")
        self.about.setText(render(message(
            "Tries what could give way where most staff is missing: leave, locks, wishes, numbers"
            " of rules, one more person. Each is solved again; that takes a minute."
        )))  # fmt: skip
        self.look = button(render(message("Look for it")), "primary")
        self.look.clicked.connect(self.asked)
        self.column.addWidget(self.about)
        self.column.addWidget(self.look)
        self.first = self.look
        self.finish()

    def show_asking(self) -> None:
        """Show how far the answer is."""
        super().show_asking()
        if hasattr(self, "look"):
            self.look.setEnabled(not self.busy)

    def show_answer(self, lawless: Sequence[Unlawful], priced: Priced) -> None:
        """Show what came out, the most useful first."""
        render = self.text_of
        groups = [
            Group(item.agent, item.name, render(message("no lawful week")), tuple(
                Entry(render(reason), "✗", "bad", item.agent) for reason in item.reasons
            ))
            for item in lawless
        ]  # fmt: skip
        limit = priced.limit
        if limit is not None:
            title = render(message("What limits the roster most"))
            groups.append(plain_group(title, [render(limit.relaxation.text)], "△", "warn"))
        if priced.prices:
            lines = tuple(_entry(price, render) for price in priced.prices)
            groups.append(Group("", render(message("What could give way")), "", lines))
        if priced.accept:
            title = render(message("Or accept what is missing"))
            groups.append(plain_group(title, [render(text) for text in priced.accept]))
        self.list.set_groups(groups)
        helping = sum(price.gain_hours > SMALL for price in priced.prices)
        self.say(message(
            "{count} of {all} tried would help; a longer search can find more.",
            count=helping, all=len(priced.prices),
        ))  # fmt: skip


def _entry(price: Price, render: Render) -> Entry:
    sign, tone = ("＋", "ok") if price.gain_hours > SMALL else ("·", "muted")
    if price.gain_hours < -SMALL:
        sign, tone = "－", "bad"
    day: date | None = None
    return Entry(render(price_words(price)), sign, tone, "", day)
