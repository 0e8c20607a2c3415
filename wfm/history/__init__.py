"""Recorded contact history: the interval frame, its checks, merging, and odd days."""

from wfm.history.frame import FRAME_COLUMNS, frame
from wfm.history.gaps import Gap, fill_closed, find_gaps
from wfm.history.handling import (
    contacts_handled,
    mean_handling_s,
    mean_wait_s,
    pooled_ratio,
    ratio,
)
from wfm.history.merging import ChangedCell, Merged, Overlap, merge_days, overlaps
from wfm.history.resampling import check_day, resample
from wfm.history.special import Proposal, propose_special_days

__all__ = [
    "FRAME_COLUMNS",
    "ChangedCell",
    "Gap",
    "Merged",
    "Overlap",
    "Proposal",
    "check_day",
    "contacts_handled",
    "fill_closed",
    "find_gaps",
    "frame",
    "mean_handling_s",
    "mean_wait_s",
    "merge_days",
    "overlaps",
    "pooled_ratio",
    "propose_special_days",
    "ratio",
    "resample",
]
