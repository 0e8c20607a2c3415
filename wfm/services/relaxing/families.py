"""The tuple of everything that may give way, and how many of each are tried at most."""

from __future__ import annotations

from wfm.services.relaxing.leaves import approved_leaves, locks, pending_leaves, wishes
from wfm.services.relaxing.relaxation import Family
from wfm.services.relaxing.rules import looser_numbers, without_rules
from wfm.services.relaxing.staff import one_more
from wfm.services.relaxing.templates import templates

FAMILIES: tuple[tuple[Family, int], ...] = (
    (pending_leaves, 3),
    (locks, 3),
    (approved_leaves, 3),
    (wishes, 2),
    (looser_numbers, 4),
    (without_rules, 4),
    (one_more, 3),
    (templates, 4),
)
"""Families, and how many of each are tried at most: the most promising ones."""
