"""Staff for one interval given by its numbers alone."""

from __future__ import annotations

import math
from collections.abc import Sequence

from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.workload import Goal
from wfm.staffing.performance import (
    GoalNeedsPatience,
    StaffingResult,
    Workload,
    fewest_agents,
    performance,
    with_shrinkage,
)

MODELS = {"erlang-c": False, "erlang-a": True}
"""Name of a model → whether its callers give up."""


def staff(
    *,
    model: str,
    volume: float,
    interval_min: float,
    aht_s: float,
    patience_s: float | None,
    goals: Sequence[Goal],
    shrinkage: float = 0.0,
    max_occupancy: float = 1.0,
) -> StaffingResult:
    """Return the fewest agents of one interval under ``erlang-c`` or ``erlang-a``.

    ``volume`` contacts in ``interval_min`` minutes, times in seconds, shares 0 … 1.  The service
    level reported is that of the first service-level goal (within 20 s where there is none).
    Raises :class:`~wfm.errors.WfmError` for impossible numbers, and :class:`GoalNeedsPatience`
    where the model lacks a patience or a goal needs one.
    """
    _check(model, volume, interval_min, aht_s, shrinkage, max_occupancy)
    if MODELS[model]:
        if patience_s is None:
            raise GoalNeedsPatience(
                message("Erlang A needs the mean time that callers wait before they give up.")
            )
        _check_time("patience", patience_s)
    work = Workload(volume, interval_min, aht_s, patience_s if MODELS[model] else None)
    agents = fewest_agents(work, goals, max_occupancy)
    first = next((goal for goal in goals if goal.kind == "service_level"), Goal())
    return StaffingResult(
        agents=agents,
        agents_with_shrinkage=with_shrinkage(agents, shrinkage),
        performance=performance(work, agents, first.threshold_s, first.definition),
    )


def _check(
    model: str,
    volume: float,
    interval_min: float,
    aht_s: float,
    shrinkage: float,
    max_occupancy: float,
) -> None:
    if model not in MODELS:
        raise WfmError(
            message(
                "There is no queueing model {model}; there are: {models}.",
                model=model,
                models=", ".join(MODELS),
            )
        )
    if not (0 <= volume < math.inf and 0 <= aht_s < math.inf):
        raise WfmError(
            message(
                "Volume and handle time are numbers from 0 on, not {volume} and {aht}.",
                volume=volume,
                aht=aht_s,
            )
        )
    _check_time("interval", interval_min)
    if not (0 <= shrinkage < 1 and 0 < max_occupancy <= 1):
        raise WfmError(
            message(
                "Shrinkage and highest occupancy are shares such as 0.3, not {shrinkage} and"
                " {occupancy}.",
                shrinkage=shrinkage,
                occupancy=max_occupancy,
            )
        )


_TIMES = {"patience": message("patience"), "interval": message("length of the interval")}


def _check_time(name: str, value: float) -> None:
    if not 0 < value < math.inf:
        raise WfmError(
            message("The {what} is a time above 0, not {value}.", what=_TIMES[name], value=value)
        )
