"""One week ready for the board: what is shown of it, and the draft that is edited."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ui.centre_view import RuleBreak, WeekView
from ui.coverage_view import coverage_view
from ui.plots.time_axis import TimeScale, scale_around
from ui.workspace_view import week_view
from wfm.analysis.draft import WeekDraft
from wfm.model.time import Horizon
from wfm.services.week import WeekState
from wfm.workspace import Workspace


@dataclass(frozen=True, slots=True)
class BoardWeek:
    """A week as read: the view, the draft that edits start from, and the state behind both."""

    view: WeekView
    draft: WeekDraft
    state: WeekState


def load_board_week(workspace: Workspace, horizon: Horizon) -> BoardWeek:
    """Read a week for the board; raises ``WfmError``."""
    state = workspace.week_state(horizon)
    return BoardWeek(week_view(state), workspace.rosters.draft(state), state)


def patched(view: WeekView, draft: WeekDraft, skill_names: dict[str, str]) -> WeekView:
    """Return the view of a week as its draft is now."""
    coverage = view.coverage
    if draft.coverage is not None:
        coverage = coverage_view(
            draft.coverage,
            skill_names,
            centre=view.centre,
            gap=None if view.coverage is None else view.coverage.gap,
            holidays=view.holidays,
        )
    return replace(
        view,
        duties=draft.all_duties(),
        coverage=coverage,
        rule_breaks=tuple(
            RuleBreak(item.agent, item.text, item.days, item.hard) for item in draft.violations()
        ),
    )


def week_scale(view: WeekView, draft: WeekDraft) -> TimeScale:
    """Return the columns of a week: opening hours, and whatever its shifts reach beyond them."""
    spans = {(duty.start, duty.end) for duty in draft.all_duties()}
    if view.coverage is not None:
        return scale_around(view.horizon, view.coverage.active, spans)
    return scale_around(view.horizon, np.zeros(view.horizon.slots, dtype=bool), spans)
