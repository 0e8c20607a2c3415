"""The card on which a request is decided: people, timelines, lights, figures and a proposal."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.desk import Desk
from ui.requests.figures import FigureTable, RequestFigures
from ui.requests.lights import LightList
from ui.requests.reason_bar import ReasonBar
from ui.requests.timeline import BeforeAfter
from ui.requests.words import (
    KIND_WORDS,
    PROPOSAL_TONES,
    STATE_TONES,
    STATE_WORDS,
    days_of,
    moment_of,
    title,
)
from ui.screen import ActionButton
from ui.translate import format_moment
from ui.widgets.cards import Card, restyle, styled_label
from wfm.messages import Message, message
from wfm.model.request import Request
from wfm.services.requests import RequestCard

WIDE = 1080
"""Width from which lights and tables stand beside each other."""


class ProposalBanner(QFrame):
    """What the policy proposes and why, or what was decided, in the tone of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(4)
        self.head = styled_label(role="section")
        self.reasons = styled_label()
        self.reasons.setWordWrap(True)
        column.addWidget(self.head)
        column.addWidget(self.reasons)

    def show_words(self, head: str, reasons: str, tone: str) -> None:
        """Show a head and the sentences below it."""
        self.head.setText(head)
        self.head.setProperty("role", tone if tone in ("ok", "warn", "bad") else "section")
        self.reasons.setText(reasons)
        self.reasons.setVisible(bool(reasons))
        self.setProperty("tone", tone)
        for widget in (self, self.head, self.reasons):
            restyle(widget)
        self.setAccessibleName(head)
        self.setAccessibleDescription(reasons)


class DecisionCard(QWidget):
    """Shows one request; the screen connects its actions and hears reasons from ``reason``."""

    staffing_wanted = Signal(object)
    roster_wanted = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("scrolled")
        self.card: RequestCard | None = None
        render, language = desk.render, desk.language
        self._figures = RequestFigures(render, language)
        self.title = styled_label(role="title")
        self.state = styled_label(role="section")
        self.about = styled_label(role="subtitle")
        self.about.setWordWrap(True)
        self.note = styled_label()
        self.note.setWordWrap(True)
        self.banner = ProposalBanner()
        self.fault = styled_label(role="error")
        self.fault.setWordWrap(True)
        self.reason = ReasonBar(render)
        self.timeline = BeforeAfter(render, language)
        self.lights = LightList(render)
        self.coverage = FigureTable(render(message("Coverage")))
        self.people = FigureTable(render(message("People")))
        self.see_roster = self._link(message("See it on the roster"))
        self.see_roster.clicked.connect(self._want_roster)
        self.compute = self._link(message("Compute the required staff of this week"))
        self.compute.clicked.connect(self._want_staffing)
        self.buttons = {
            key: ActionButton(desk.action(f"requests.{key}"), role=role)
            for key, role in (
                ("approve", "primary"), ("refuse", ""), ("withdraw", "quiet"), ("reopen", ""),
            )
        }  # fmt: skip
        self._lay_out()

    def _link(self, text: Message) -> QPushButton:
        button = QPushButton(self._desk.render(text))
        button.setProperty("role", "link")
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(12)
        column.addWidget(self._decision_part())
        self.timeline_part = self._part(
            message("Before and after"), self.timeline, beside=self.see_roster
        )
        self.lights_part = self._part(message("What was looked at"), self.lights)
        self.coverage_part = self._part(
            message("Coverage of the week"), self.coverage, beside=self.compute
        )
        self.people_part = self._part(message("Hours and burdens (four weeks)"), self.people)
        self._lower = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lower.setSpacing(12)
        tables = QVBoxLayout()
        tables.setSpacing(12)
        tables.addWidget(self.coverage_part)
        tables.addWidget(self.people_part)
        tables.addStretch(1)
        self._lower.addWidget(self.lights_part, 1)
        self._lower.addLayout(tables, 1)
        column.addWidget(self.timeline_part)
        column.addLayout(self._lower)
        column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put lights and tables beside each other where there is room."""
        super().resizeEvent(event)
        wide = event.size().width() >= WIDE
        ways = QBoxLayout.Direction
        self._lower.setDirection(ways.LeftToRight if wide else ways.TopToBottom)

    def _decision_part(self) -> Card:
        part = Card()
        column = QVBoxLayout(part)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.state)
        column.addLayout(head)
        for widget in (self.about, self.note, self.banner, self.fault):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(8)
        for key in ("approve", "refuse", "withdraw", "reopen"):
            row.addWidget(self.buttons[key])
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.reason)
        return part

    def _part(self, name: Message, content: QWidget, beside: QWidget | None = None) -> Card:
        part = Card()
        column = QVBoxLayout(part)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(10)
        head = QHBoxLayout()
        label: QLabel = styled_label(self._desk.render(name), "section")
        head.addWidget(label, 1)
        if beside is not None:
            head.addWidget(beside, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(head)
        column.addWidget(content)
        return part

    # --- showing ---------------------------------------------------------------------------------

    def show_card(self, card: RequestCard) -> None:
        """Show a request with its figures."""
        same = self.card is not None and self.card.request.key == card.request.key
        if not same or not card.request.is_open:
            self.reason.dismiss()
        self.card = card
        self._show_head(card)
        self._show_banner(card)
        self._show_evidence(card)
        is_open = card.request.is_open
        for key in ("approve", "refuse", "withdraw"):
            self.buttons[key].setVisible(is_open)
        self.buttons["reopen"].setVisible(not is_open)

    def _show_head(self, card: RequestCard) -> None:
        render, request = self._desk.render, card.request
        name, other = card.names[request.agent], card.names.get(request.other, "")
        self.title.setText(render(title(request, name, other)))
        self.state.setText(render(STATE_WORDS[request.state]))
        tone = STATE_TONES[request.state]
        self.state.setProperty("role", tone if tone in ("ok", "bad") else "section")
        restyle(self.state)
        teams = " · ".join(dict.fromkeys(team for team in card.teams.values() if team))
        parts = [
            render(KIND_WORDS[request.kind]),
            days_of(request, render, self._desk.language),
            teams,
            self._entered(request),
        ]
        self.about.setText("  ·  ".join(part for part in parts if part))
        self.note.setText(render(message("“{note}”", note=request.note)))
        self.note.setVisible(bool(request.note))

    def _entered(self, request: Request) -> str:
        at = self._at(request.entered_at)
        if not request.entered_by:
            return at
        return self._desk.render(message("entered by {who}, {at}", who=request.entered_by, at=at))

    def _at(self, text: str) -> str:
        moment = moment_of(text)
        if moment is None:
            return ""
        return format_moment(moment, self._desk.site.zone, self._desk.language)

    def _show_banner(self, card: RequestCard) -> None:
        render, request = self._desk.render, card.request
        reasons = "\n".join(render(reason) for reason in card.reasons)
        self.fault.setText("\n".join(render(item) for item in card.faults))
        self.fault.setVisible(bool(card.faults))
        if request.is_open and card.faults:
            self.banner.show_words(
                render(message("This request cannot be carried out any more")), "", "bad"
            )
            return
        if request.is_open and card.evidence is not None and card.proposal is not None:
            head = message("Proposal: {proposal}", proposal=card.proposal)
            tone = PROPOSAL_TONES[card.evidence.proposal]
            self.banner.show_words(render(head), reasons, tone)
            return
        by = message(
            "{state}: {who}, {at}",
            state=STATE_WORDS[request.state],
            who=request.decided_by,
            at=self._at(request.decided_at),
        )
        lines = [request.reason] if request.reason else []
        if card.proposal is not None:
            lines.append(render(message("The proposal was: {proposal}", proposal=card.proposal)))
        self.banner.show_words(render(by), "\n".join(lines), STATE_TONES[request.state])

    def _show_evidence(self, card: RequestCard) -> None:
        found = card.evidence
        for part in (self.timeline_part, self.lights_part, self.people_part):
            part.setVisible(found is not None)
        self.coverage_part.setVisible(found is not None and found.rostered)
        if found is None:
            return
        self.timeline.show_evidence(found, card.request.agents, card.names, card.kinds)
        self.lights.set_theme(self._desk.theme)
        self.lights.show_lights(card.lights)
        names = card.skills or {}
        self.coverage.setVisible(found.covered)
        self.compute.setVisible(card.request.is_open and found.rostered and not found.covered)
        self.coverage.show_lines(
            self._figures.coverage_captions(), self._figures.coverage_lines(found.skills, names)
        )
        self.people.show_lines(
            self._figures.people_captions(), self._figures.people_lines(found.people, card.names)
        )

    def _want_staffing(self) -> None:
        if self.card is not None:
            self.staffing_wanted.emit(self.card.request.dates[0])

    def _want_roster(self) -> None:
        if self.card is not None:
            self.roster_wanted.emit(self.card.request.agent, self.card.request.dates[0])
