"""The row of figures above the roster, of the week as it stands or as a proposal would make it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.roster.words import listed
from ui.translate import Render, format_hours, format_number, format_percent, format_weekday
from ui.widgets.cards import FigureCard
from wfm.analysis import RosterDifference, distance_hours
from wfm.analysis.coverage import Coverage
from wfm.analysis.draft import Broken, WeekDraft, worst_shortage
from wfm.messages import Message, message
from wfm.model.time import format_clock
from wfm.rules import RULES, SHAPES
from wfm.rules.centre import CENTRE_TERMS
from wfm.rules.words import SHAPE_WORDS

MANY_HOURS = 1000
"""From so many hours on a card shows whole ones."""
SHOWN_KINDS = 3
"""Kinds of broken rules that the card names."""


def rule_label(key: str) -> Message:
    """Return the short name of a rule."""
    if key in SHAPES:
        return SHAPE_WORDS[key]
    labels = {rule.key: rule.label for rule in RULES}
    labels |= {term.key: term.label for term in CENTRE_TERMS}
    return labels.get(key, message("Other rules"))


def refused_wishes(count: int) -> Message:
    """Return how many wishes are not granted."""
    return message("{count} wish not granted", plural="{count} wishes not granted", count=count)


def _tone(hard: int, broken: int) -> str:
    return "bad" if hard else "warn" if broken else "ok"


class RosterFigureRow(QWidget):
    """Five cards, each with a unit and a neighbour to judge it by."""

    def __init__(self, render: Render, language: str) -> None:
        super().__init__()
        self._render, self._language = render, language
        captions = {
            "required": message("Required", context="figure"),
            "short": message("Short", context="coverage"),
            "surplus": message("Surplus", context="coverage"),
            "broken": message("Rules broken"),
            "gap": message("Distance from the optimum"),
        }
        self.cards = {key: FigureCard(render(text)) for key, text in captions.items()}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for card in self.cards.values():
            # all equally wide, whatever they say
            card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            row.addWidget(card, 1)

    def show_draft(self, draft: WeekDraft, bound: float | None) -> None:
        """Show a week as it stands; ``bound`` is the proven lower bound of its problem, if any."""
        covered = draft.coverage
        if covered is None:
            for card in self.cards.values():
                card.show_figure("–")
            return
        self._show_required(covered)
        short = covered.understaffed_agent_hours
        worst = self._worst(covered) if draft.planned else ""
        self.cards["short"].show_figure(self._hours(short), worst, "warn" if short else "ok")
        self._show_surplus(covered)
        broken = (*draft.violations(), *draft.together())
        self._show_broken(broken, planned=draft.planned)
        distance = distance_hours(draft.horizon, draft.cost, bound) if draft.planned else None
        self._show_distance(distance)

    def show_proposal(self, found: RosterDifference, after: WeekDraft, bound: float) -> None:
        """Show the figures a proposal would bring beside those of now."""
        if after.coverage is None:
            return
        self._show_required(after.coverage)
        new, old = found.after, found.before
        self.cards["short"].show_figure(
            self._hours(new.short_hours), self._now(old.short_hours),
            "warn" if new.short_hours else "ok",
        )  # fmt: skip
        self.cards["surplus"].show_figure(
            self._hours(new.surplus_hours), self._now(old.surplus_hours)
        )
        count = new.hard + new.soft
        beside = [message("now {value}", value=self._cases(old.hard + old.soft))]
        beside += [refused_wishes(new.wishes)] if new.wishes else []
        self.cards["broken"].show_figure(
            self._cases(count), self._render(listed(beside)), _tone(new.hard, count)
        )
        self._show_distance(distance_hours(found.horizon, new.cost, bound))

    def _show_required(self, covered: Coverage) -> None:
        supplied = self._number(covered.supplied_agent_hours)
        self.cards["required"].show_figure(
            self._hours(covered.required_agent_hours),
            self._render(message("supplied {hours}", hours=supplied)),
        )

    def _show_surplus(self, covered: Coverage) -> None:
        required, surplus = covered.required_agent_hours, covered.overstaffed_agent_hours
        beside = ""
        if required:
            share = format_percent(surplus / required, self._language)
            beside = self._render(message("{share} of required", share=share))
        self.cards["surplus"].show_figure(self._hours(surplus), beside)

    def _show_broken(self, found: Sequence[Broken], *, planned: bool) -> None:
        if not planned:
            self.cards["broken"].show_figure("–")
            return
        breaches = [item for item in found if not item.is_wish]
        named = [
            message("{rule} {count}", rule=rule_label(key), count=number)
            for key, number in Counter(item.rule for item in breaches).most_common(SHOWN_KINDS)
        ]
        wishes = len(found) - len(breaches)
        named += [refused_wishes(wishes)] if wishes else []
        self.cards["broken"].show_figure(
            self._cases(len(breaches)), self._render(listed(named)) if named else "",
            _tone(sum(item.hard for item in breaches), len(breaches)),
        )  # fmt: skip

    def _show_distance(self, distance: float | None) -> None:
        card = self.cards["gap"]
        if distance is None:
            card.show_figure("–", self._render(message("not proven yet")))
            return
        hours = self._hours(distance)
        card.show_figure(
            self._render(message("at most {share}", share=hours)), self._render(message("proven"))
        )

    def _cases(self, count: int) -> str:
        return self._render(message("{count} case", plural="{count} cases", count=count))

    def _now(self, hours: float) -> str:
        return self._render(message("now {value}", value=self._hours(hours)))

    def _hours(self, hours: float) -> str:
        shown = self._number(hours)
        return self._render(message("{hours} h", context="agent-hours", hours=shown))

    def _number(self, hours: float) -> str:
        """Return hours; a card has no room for tenths of thousands, nor do they tell anything."""
        if abs(hours) >= MANY_HOURS:
            return format_number(hours, self._language)
        return format_hours(hours, self._language)

    def _worst(self, covered: Coverage) -> str:
        found = worst_shortage(covered)
        if found is None:
            return ""
        place = f"{format_weekday(found.day, self._language)} {format_clock(found.start)}"
        return self._render(message("worst {place}", place=place))
