"""Earlier runs of a week: one shown as a proposal, two compared, three alternatives made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QListWidget, QListWidgetItem

from ui.roster.answer_parts import AnswerPage, button, person_groups, plain_group
from ui.roster.asking import Asking
from ui.roster.grouped_list import Group
from ui.roster.inline_bar import line
from ui.translate import Render, format_hours, format_number
from wfm.analysis.kpis import KPI_NAMES
from wfm.messages import Message, message
from wfm.model.aims import AIM_NAMES
from wfm.model.run import RUN_NAMES
from wfm.model.site import RunRecord
from wfm.services.runs import RunComparison

TOPIC = "runs"
LIST_HEIGHT = 168
_KEY = Qt.ItemDataRole.UserRole
STATUS: dict[str, Message] = {
    "optimal": message("proven best", context="run"),
    "feasible": message("good roster", context="run"),
}
"""How a run ended."""


class RunsPage(AnswerPage):
    """Lists the runs of the week shown, the newest first."""

    topic = TOPIC

    show_wanted = Signal(str)
    compare_wanted = Signal(str, str)
    alternatives_wanted = Signal()
    keep_wanted = Signal()

    def __init__(self, asking: Asking, language: str, render: Render) -> None:
        super().__init__(asking, language, render, render(message("Differences")))
        self.records: dict[str, RunRecord] = {}
        self.runs = QListWidget()
        self.runs.setFrameShape(QFrame.Shape.NoFrame)
        self.runs.setWordWrap(True)
        self.runs.setFixedHeight(LIST_HEIGHT)
        self.runs.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.runs.setSpacing(2)
        self.runs.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.runs.setAccessibleName(render(message("Earlier runs")))
        self.runs.itemSelectionChanged.connect(self._chosen)
        self.nothing = line("subtitle")
        self.nothing.setText(render(message(
            "There is no run of this week yet. Accepted rosters and kept proposals stand here."
        )))  # fmt: skip
        self.hint = line("caption")
        self.hint.setText(render(message("Choose one to show it, two (with Ctrl) to compare.")))
        self.show_one = button(render(message("Show as a proposal")))
        self.compare = button(render(message("Compare")))
        self.keep = button(render(message("Keep the proposal as a run")))
        self.alternatives = button(render(message("Make three alternatives")))
        self.alternatives.setToolTip(render(message(
            "Cheapest, most wishes, least change: each is searched for and kept as a run."
        )))  # fmt: skip
        self.show_one.clicked.connect(lambda: self.show_wanted.emit(self.chosen[0]))
        self.compare.clicked.connect(lambda: self.compare_wanted.emit(*self.chosen[:2]))
        self.keep.clicked.connect(self.keep_wanted)
        self.alternatives.clicked.connect(self.alternatives_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        for part in (self.nothing, self.runs, self.hint):
            self.column.addWidget(part)
        grid = QGridLayout()
        grid.setSpacing(8)
        grid.addWidget(self.show_one, 0, 0)
        grid.addWidget(self.compare, 0, 1)
        grid.addWidget(self.alternatives, 1, 0, 1, 2)
        grid.addWidget(self.keep, 2, 0, 1, 2)
        self.column.addLayout(grid)
        self.first = self.runs
        self.finish()
        self.show_runs(())

    @property
    def chosen(self) -> list[str]:
        """Keys of the chosen runs, the older first."""
        rows = sorted((self.runs.row(item) for item in self.runs.selectedItems()), reverse=True)
        return [str(self.runs.item(row).data(_KEY)) for row in rows]

    def show_runs(self, records: Sequence[RunRecord]) -> None:
        """List runs; those chosen stay chosen."""
        before = set(self.chosen)
        self.records = {record.key: record for record in records}
        self.runs.clear()
        for record in records:
            item = QListWidgetItem(run_words(record, self._language, self.text_of))
            item.setData(_KEY, record.key)
            self.runs.addItem(item)
            item.setSelected(record.key in before)
        self.runs.setVisible(bool(records))
        self.hint.setVisible(bool(records))
        self.nothing.setVisible(not records)
        self._chosen()

    def show_build(self, *, proposed: bool, running: bool) -> None:
        """A proposal can be kept; nothing else is begun while a build runs."""
        self.keep.setVisible(proposed)
        self.alternatives.setEnabled(not running and not self.busy)

    def show_comparison(self, found: RunComparison, names: Mapping[str, str]) -> None:
        """Show what two runs have different."""
        render, language = self.text_of, self._language
        groups: list[Group] = []
        if found.inputs:
            groups.append(
                plain_group(
                    render(message("What they were given")), [render(t) for t in found.inputs]
                )
            )
        figures = []
        for item in found.figures:
            if item.one is None and item.other is None:
                continue
            one, other = (_number(value, language) for value in (item.one, item.other))
            figures.append(render(message("{name}: {before} → {after}", name=item.name, before=one,
                                          after=other)))  # fmt: skip
        groups.append(plain_group(render(message("Figures")), figures))
        groups += person_groups(found.agents, names, language, render)
        self.list.set_groups(groups)
        count = len(found.agents)
        self.say(
            message("The two give everybody the same shifts.")
            if not count
            else message(
                "{count} person has other shifts.",
                plural="{count} people have other shifts.",
                count=count,
            )
        )

    def _chosen(self) -> None:
        keys = self.chosen
        self.show_one.setEnabled(len(keys) == 1)
        self.compare.setEnabled(len(keys) == 2)
        if len(keys) == 1:
            self.say(None)
            self.list.set_groups([self._details(self.records[keys[0]])])
        elif not keys:
            self.say(None)
            self.list.set_groups(())

    def _details(self, record: RunRecord) -> Group:
        render, language = self.text_of, self._language
        texts = [
            render(
                message("{name}: {value}", name=name, value=_number(record.figures[key], language))
            )
            for key, name in KPI_NAMES.items()
            if key in record.figures
        ]
        aims = record.request.aims
        if aims is not None:
            order = " > ".join(render(AIM_NAMES[key]) for key in aims.keys)
            texts.append(render(message("Aims: {order}", order=order)))
        else:
            texts.append(render(message("Aims of the centre")))
        texts.append(
            render(message("searched for {seconds} s",
                           seconds=format_number(record.seconds, language)))
        )  # fmt: skip
        return plain_group(render(RUN_NAMES[record.request.purpose]), texts)


def run_words(record: RunRecord, language: str, render: Render) -> str:
    """Return a run in two lines: when and what for, then how good."""
    made = datetime.fromisoformat(record.made_at) if record.made_at else None
    when = "–" if made is None else made.astimezone().strftime("%m/%d %H:%M")
    head = message("{when}  {what}", when=when, what=RUN_NAMES[record.request.purpose])
    if record.accepted:
        head = message("{run} · accepted", run=head)
    better = record.figures.get("better_hours")
    status = STATUS.get(record.status, STATUS["feasible"])
    cost = format_number(record.objective, language)
    if better is None:
        below = message("cost {cost} · {status}", cost=cost, status=status)
    else:
        below = message("cost {cost} · at most {hours} h better exists · {status}", cost=cost,
                        hours=format_hours(better, language), status=status)  # fmt: skip
    return f"{render(head)}\n{render(below)}"


def _number(value: float | None, language: str) -> str:
    return "–" if value is None else format_number(value, language, 1)
