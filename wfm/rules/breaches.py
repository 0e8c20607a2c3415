"""What of a roster's violations is a broken rule, and what a wish that was not granted."""

from __future__ import annotations

from wfm.model.rule import Violation
from wfm.rules.registry import BALANCING


def is_breach(found: Violation) -> bool:
    """Tell whether a rule is broken, hard or at its price; wishes and burdens are no rules."""
    return found.rule.severity != "wish" and found.rule.key not in BALANCING


def is_refused_wish(found: Violation) -> bool:
    """Tell whether somebody's wish is not granted."""
    return found.rule.severity == "wish" and found.rule.key not in BALANCING
