"""Pure sums over rosters: coverage and its cost, and how evenly burdens are spread."""

from wfm.analysis.coverage import (
    Coverage,
    ShortInterval,
    SkillCoverage,
    coverage,
)
from wfm.analysis.fairness import AgentShare, fairness

__all__ = [
    "AgentShare",
    "Coverage",
    "ShortInterval",
    "SkillCoverage",
    "coverage",
    "fairness",
]
