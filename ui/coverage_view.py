"""Coverage sums as the plot shows them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ui.plots.values import CoverageLine, CoverageView
from wfm.analysis import Coverage


def coverage_view(
    covered: Coverage,
    skill_names: Mapping[str, str],
    *,
    centre: str = "",
    gap: float | None = None,
    holidays: frozenset[date] = frozenset(),
) -> CoverageView:
    """Return the plot's value: the total, each skill by name, and the title's facts."""
    return CoverageView(
        horizon=covered.horizon,
        total=CoverageLine(covered.required, covered.present, covered.missing, covered.surplus),
        skills=tuple(
            CoverageLine(
                item.required,
                item.supplied,
                item.missing,
                item.surplus,
                skill_names.get(item.skill, item.skill),
            )
            for item in covered.skills
        ),
        centre=centre,
        gap=gap,
        holidays=holidays,
    )
