"""Forecast → Requirement: one file per kind of channel, exact queueing formulas beneath."""

from wfm.staffing.interval import MODELS, staff
from wfm.staffing.performance import (
    GoalNeedsPatience,
    Performance,
    StaffingResult,
    Workload,
    fewest_agents,
    performance,
    with_shrinkage,
)
from wfm.staffing.requirement import CHANNELS, explain, requirement

__all__ = [
    "CHANNELS",
    "MODELS",
    "GoalNeedsPatience",
    "Performance",
    "StaffingResult",
    "Workload",
    "explain",
    "fewest_agents",
    "performance",
    "requirement",
    "staff",
    "with_shrinkage",
]
