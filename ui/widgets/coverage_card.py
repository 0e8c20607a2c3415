"""The coverage plot with its legend, standing under a timeline's columns."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.plots.coverage_plot import AXIS_WIDTH, CoveragePlot
from ui.plots.legend import coverage_legend
from ui.plots.time_axis import TimeScale
from ui.plots.values import CoverageView
from ui.translate import Render
from ui.widgets.cards import Card, styled_label
from ui.widgets.choice_box import ChoiceBox
from wfm.messages import message


class CoverageCard(Card):
    """Shows all skills together or one of them; its axis begins where :meth:`align` says."""

    def __init__(self, language: str, render: Render, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._render = render
        self._view: CoverageView | None = None
        self._scale: TimeScale | None = None
        self.plot = CoveragePlot(language, render)
        self.skill = ChoiceBox()
        self.skill.setAccessibleName(render(message("Skill shown in the coverage plot")))
        self.skill.currentIndexChanged.connect(self._show_skill)
        self._unit = styled_label(role="caption")
        self._aside = QWidget()
        aside = QVBoxLayout(self._aside)
        aside.setContentsMargins(14, 12, 4, 10)
        aside.setSpacing(4)
        aside.addWidget(styled_label(render(message("Coverage")), "section"))
        aside.addWidget(self._unit)
        aside.addWidget(coverage_legend(render, QBoxLayout.Direction.TopToBottom))
        aside.addStretch(1)
        aside.addWidget(self.skill)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        row.addWidget(self._aside)
        row.addWidget(self.plot)
        row.addStretch(1)

    @Slot(int, int)
    def align(self, left: int, width: int) -> None:
        """Let the plot's axis begin at ``left`` and be ``width`` pixels wide."""
        self._aside.setFixedWidth(max(left - AXIS_WIDTH, 0))
        self.plot.setFixedWidth(width + AXIS_WIDTH)

    def set_coverage(self, view: CoverageView, scale: TimeScale) -> None:
        """Show ``view`` in the columns of ``scale``; the chosen skill stays where it exists."""
        chosen = self.skill.currentText()
        self._view, self._scale = view, scale
        unit = message("Agents per {minutes} minutes", minutes=view.horizon.slot_minutes)
        self._unit.setText(self._render(unit))
        self.skill.blockSignals(True)
        self.skill.clear()
        self.skill.addItem(self._render(message("All skills")))
        self.skill.addItems([line.name for line in view.skills])
        self.skill.setCurrentIndex(max(self.skill.findText(chosen, Qt.MatchFlag.MatchExactly), 0))
        self.skill.setVisible(len(view.skills) > 1)
        self.skill.blockSignals(False)
        self._show_skill()

    @Slot()
    def _show_skill(self) -> None:
        if self._view is None or self._scale is None:
            return
        index = self.skill.currentIndex()
        line = self._view.total if index <= 0 else self._view.skills[index - 1]
        self.plot.set_coverage(self._view, line, self._scale)
