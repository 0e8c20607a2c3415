"""Which actions of the roster screen are possible now."""

from __future__ import annotations

from ui.roster.build import PROPOSED, RosterBuild
from wfm.analysis import Publication
from wfm.analysis.draft import WeekDraft


def possible_actions(
    draft: WeekDraft | None,
    found: Publication | None,
    build: RosterBuild,
    *,
    people: bool,
    previewing: bool,
) -> dict[str, bool]:
    """Return action (without the screen's name) → whether it can be done."""
    there = draft is not None and people
    planned = draft is not None and draft.planned
    current = found is not None and found.current
    emptied = found is not None and found.published
    deciding = previewing and build.phase == PROPOSED
    by_hand = planned and not previewing
    return {
        "build": there and not build.running,
        "stop": build.running and not build.stopping,
        "accept": deciding and build.objection is None,
        "discard": deciding,
        "publish": (planned or emptied) and not previewing and not current,
        "export": planned,
        **dict.fromkeys(("edit", "delete", "lock", "breaks", "swap", "cut"), by_hand),
        "lock_week": by_hand,
        "unlock_week": by_hand,
        **dict.fromkeys(("add", "paste", "copy_week"), there and not previewing),
        **dict.fromkeys(("copy", "select_all"), planned),
        "clear_week": by_hand,
        "repair": by_hand and not build.running,
        "why": by_hand and not build.running,
        "helps": by_hand and not build.running,
        "runs": there,
        "alternatives": there and not previewing and not build.running,
    }
