"""A week's roster while it is being changed by hand: what if, what then, what cannot be."""

from wfm.analysis.draft import edits
from wfm.analysis.draft.breaks import snapped
from wfm.analysis.draft.candidates import Candidate, best_first, fillers, resting, takers
from wfm.analysis.draft.draft import (
    AgentChange,
    DraftChange,
    DraftEffect,
    RosterEdit,
    WeekDraft,
    WeekFacts,
)
from wfm.analysis.draft.edits import FINE_STEP, STEP, Move
from wfm.analysis.draft.fixes import Fix, fixes
from wfm.analysis.draft.judge import Broken, Judge
from wfm.analysis.draft.live import LiveCoverage
from wfm.analysis.draft.shaping import is_usual, kept_if_unusual
from wfm.analysis.draft.shortage import Shortage, worst_shortage
from wfm.analysis.draft.spans import format_span, parse_span
from wfm.analysis.draft.standing import Standing, closes
from wfm.analysis.draft.together import LiveCentre

__all__ = [
    "FINE_STEP",
    "STEP",
    "AgentChange",
    "Broken",
    "Candidate",
    "DraftChange",
    "DraftEffect",
    "Fix",
    "Judge",
    "LiveCentre",
    "LiveCoverage",
    "Move",
    "RosterEdit",
    "Shortage",
    "Standing",
    "WeekDraft",
    "WeekFacts",
    "best_first",
    "closes",
    "edits",
    "fillers",
    "fixes",
    "format_span",
    "is_usual",
    "kept_if_unusual",
    "parse_span",
    "resting",
    "snapped",
    "takers",
    "worst_shortage",
]
