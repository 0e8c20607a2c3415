"""Pure sums over rosters: coverage and its cost, fairness, and what one changes of another."""

from wfm.analysis.coverage import (
    Coverage,
    ShortInterval,
    SkillCoverage,
    coverage,
)
from wfm.analysis.difference import (
    CHANGES,
    AgentDifference,
    DutyChange,
    RosterDifference,
    RosterFigures,
    agents_changed,
    difference,
    distance_hours,
    duty_changes,
    figures,
)
from wfm.analysis.fairness import AgentShare, fairness
from wfm.analysis.publication import Publication, publication

__all__ = [
    "CHANGES",
    "AgentDifference",
    "AgentShare",
    "Coverage",
    "DutyChange",
    "Publication",
    "RosterDifference",
    "RosterFigures",
    "ShortInterval",
    "SkillCoverage",
    "agents_changed",
    "coverage",
    "difference",
    "distance_hours",
    "duty_changes",
    "fairness",
    "figures",
    "publication",
]
