"""The coverage under the timeline, on its columns: legend and choice of skill at the left."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.plots.coverage_plot import AXIS_WIDTH, CoveragePlot
from ui.plots.legend import coverage_legend
from ui.plots.time_axis import TimeScale
from ui.plots.values import CoverageLine, CoverageView
from ui.roster.axis import WeekAxis
from ui.translate import Render
from ui.widgets.cards import Card, styled_label
from ui.widgets.choice_box import ChoiceBox
from wfm.analysis.coverage import Coverage
from wfm.messages import message

LEAST_WIDTH = 200


class CoverageBand(Card):
    """Shows all skills together or one of them; its axis is the timeline's."""

    skill_changed = Signal(str)
    """Key of the skill shown, empty for all."""

    def __init__(self, language: str, render: Render, axis: WeekAxis) -> None:
        super().__init__()
        self._render, self._axis = render, axis
        self._shown: Coverage | None = None
        self._own: Coverage | None = None
        self._slot_words = ""
        self._wanted = ""
        self.plot = CoveragePlot(language, render)
        self.skill = ChoiceBox()
        self.skill.setAccessibleName(render(message("Skill shown in the coverage plot")))
        self.skill.currentIndexChanged.connect(self._skill_chosen)
        self._unit = styled_label(role="caption")
        self._aside = QWidget()
        aside = QVBoxLayout(self._aside)
        aside.setContentsMargins(14, 10, 4, 8)
        aside.setSpacing(2)
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
        axis.changed.connect(self._follow_axis)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for no width: the plot is as wide as the timeline's columns, which may shrink."""
        return QSize(LEAST_WIDTH, super().minimumSizeHint().height())

    @property
    def chosen_skill(self) -> str:
        """Key of the skill shown, empty for all together."""
        return str(self.skill.currentData() or "")

    def choose_skill(self, key: str) -> None:
        """Show a skill, also one of a week that is shown later."""
        self._wanted = key
        self.skill.setCurrentIndex(max(self.skill.findData(key), 0))

    @Slot(int, int)
    def align(self, left: int, width: int) -> None:
        """Let the plot's axis begin at ``left`` and be ``width`` pixels wide."""
        self._aside.setFixedWidth(max(left - AXIS_WIDTH, 0))
        self.plot.setFixedWidth(width + AXIS_WIDTH)
        self._follow_axis()

    def set_week(self, view: CoverageView, covered: Coverage, scale: TimeScale) -> None:
        """Show a week's coverage in the columns of ``scale``; the chosen skill stays."""
        chosen = self._wanted or self.chosen_skill
        self._shown = self._own = covered
        unit = message("Agents per {minutes} minutes", minutes=view.horizon.slot_minutes)
        self._slot_words = self._render(unit)
        self._unit.setText(self._slot_words)
        with QSignalBlocker(self.skill):
            self.skill.clear()
            self.skill.addItem(self._render(message("All skills")), "")
            for item, line in zip(covered.skills, view.skills, strict=True):
                self.skill.addItem(line.name, item.skill)
            self.skill.setCurrentIndex(max(self.skill.findData(chosen), 0))
        self.skill.setVisible(len(covered.skills) > 1)
        self.plot.set_coverage(view, self._line(covered), scale)
        self._follow_axis()

    def follow(self, covered: Coverage) -> None:
        """Show another state of the same week, as cheaply as a frame needs it."""
        self._own = covered
        self._follow(covered, self._slot_words)

    def follow_search(self, covered: Coverage | None) -> None:
        """Show the best roster of a search so far; ``None``: the week's own again."""
        if self._own is None:
            return
        if covered is None:
            self._follow(self._own, self._slot_words)
        elif covered.horizon == self._own.horizon:
            self._follow(covered, self._render(message("Best roster so far")))

    def _follow(self, covered: Coverage, caption: str) -> None:
        if covered is not self._shown:
            self._shown = covered
            self.plot.follow(self._line(covered))
            self._unit.setText(caption)

    def _line(self, covered: Coverage) -> CoverageLine:
        chosen = self.chosen_skill
        for item in covered.skills:
            if item.skill == chosen:
                return CoverageLine(item.required, item.supplied, item.missing, item.surplus)
        return CoverageLine(covered.required, covered.present, covered.missing, covered.surplus)

    @Slot()
    def _skill_chosen(self) -> None:
        self._wanted = self.chosen_skill
        if self._shown is not None:
            self.plot.renew(self._line(self._shown))
            self.skill_changed.emit(self.chosen_skill)

    @Slot()
    def _follow_axis(self) -> None:
        if self._axis.width > 0 and self._shown is not None:
            self.plot.set_span(*self._axis.span)
