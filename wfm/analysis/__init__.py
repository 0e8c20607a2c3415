"""Pure sums over rosters: coverage and its cost, and how evenly burdens are spread."""

from wfm.analysis.coverage import (
    Coverage,
    ShortInterval,
    SkillCoverage,
    coverage,
    coverage_cost,
)
from wfm.analysis.fairness import AgentShare, fairness

__all__ = [
    "AgentShare",
    "Coverage",
    "ShortInterval",
    "SkillCoverage",
    "coverage",
    "coverage_cost",
    "fairness",
]
