"""What could give way for a roster, priced by re-solving each from the roster as it is.

Adding one: a family in a file of its own, a line in :data:`FAMILIES`, its test and its texts.
"""

from wfm.services.relaxing.families import FAMILIES
from wfm.services.relaxing.leaves import approved_leaves, locks, pending_leaves, wishes
from wfm.services.relaxing.prices import (
    Price,
    Priced,
    price_relaxations,
    price_words,
    read_situation,
    relaxations,
)
from wfm.services.relaxing.relaxation import Focus, Relaxation, Situation
from wfm.services.relaxing.rules import looser_numbers, without_rules
from wfm.services.relaxing.staff import one_more
from wfm.services.relaxing.templates import templates

__all__ = [
    "FAMILIES",
    "Focus",
    "Price",
    "Priced",
    "Relaxation",
    "Situation",
    "approved_leaves",
    "locks",
    "looser_numbers",
    "one_more",
    "pending_leaves",
    "price_relaxations",
    "price_words",
    "read_situation",
    "relaxations",
    "templates",
    "wishes",
    "without_rules",
]
