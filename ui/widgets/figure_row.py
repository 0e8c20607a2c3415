"""The row of figures above the roster: what the week needs, lacks, wastes and breaks."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.centre_view import WeekView
from ui.plots.values import CoverageView
from ui.translate import Render, format_hours, format_percent, format_weekday
from ui.widgets.cards import FigureCard
from wfm.messages import Message, message
from wfm.model.time import format_clock


class FigureRow(QWidget):
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
            row.addWidget(card)

    def show_week(self, week: WeekView) -> None:
        """Show the figures of ``week``."""
        coverage = week.coverage
        if coverage is None:
            for card in self.cards.values():
                card.show_figure("–")
            return
        self._show_coverage(coverage, week.planned)
        self._show_rules(week)
        self._show_gap(coverage, week.planned)

    def _show_coverage(self, view: CoverageView, planned: bool) -> None:
        required, short, surplus, supplied = (
            view.hours(values)
            for values in (
                view.total.required, view.total.short, view.total.surplus, view.total.supplied,
            )
        )  # fmt: skip
        self.cards["required"].show_figure(
            self._hours(required),
            self._render(message("supplied {hours}", hours=format_hours(supplied, self._language))),
        )
        self.cards["short"].show_figure(
            self._hours(short), self._worst(view) if planned else "", "warn" if short else "ok"
        )
        share = format_percent(surplus / required, self._language) if required else ""
        beside = self._render(message("{share} of required", share=share)) if share else ""
        self.cards["surplus"].show_figure(self._hours(surplus), beside)

    def _show_rules(self, week: WeekView) -> None:
        count = len(week.rule_breaks)
        hard = sum(1 for item in week.rule_breaks if item.hard)
        text = message("{count} case", plural="{count} cases", count=count)
        beside = message("{hard} hard, {soft} soft", hard=hard, soft=count - hard)
        self.cards["broken"].show_figure(
            self._render(text) if week.planned else "–",
            self._render(beside) if count else "",
            "bad" if hard else "warn" if count else "",
        )

    def _show_gap(self, view: CoverageView, planned: bool) -> None:
        if view.gap is None:
            beside = self._render(message("not proven yet")) if planned else ""
            self.cards["gap"].show_figure("–", beside)
            return
        share = format_percent(view.gap, self._language)
        self.cards["gap"].show_figure(
            self._render(message("at most {share}", share=share)),
            self._render(message("proven")),
        )

    def _hours(self, hours: float) -> str:
        text: Message = message("{hours} agent-hours", hours=format_hours(hours, self._language))
        return self._render(text)

    def _worst(self, view: CoverageView) -> str:
        slot = view.worst()
        if slot is None:
            return ""
        day, minute = view.horizon.slot_label(slot)
        place = f"{format_weekday(day, self._language)} {format_clock(minute)}"
        return self._render(message("worst {place}", place=place))
