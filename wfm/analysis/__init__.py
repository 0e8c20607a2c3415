"""Pure sums over rosters: coverage and its cost."""

from wfm.analysis.coverage import (
    Coverage,
    ShortInterval,
    SkillCoverage,
    coverage,
    coverage_cost,
)

__all__ = ["Coverage", "ShortInterval", "SkillCoverage", "coverage", "coverage_cost"]
