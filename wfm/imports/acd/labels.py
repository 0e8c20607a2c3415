"""Notices times that name the end of their interval, by the opening hours of known queues."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.imports.acd.outcome import Context, Question
from wfm.messages import message
from wfm.model.workload import Floats

DAY = 1440
ENOUGH_DAYS = 2


def ends_suspected(
    queues: NDArray[np.int64],
    labels: NDArray[np.int64],
    offered: Floats,
    names: Sequence[str],
    context: Context,
) -> Question | None:
    """Return a question when contacts come at closing time and never at opening time.

    Only queues with one opening window on a weekday tell; ``labels`` are local minutes.
    """
    opening = {item.key: item.opening for item in context.queues if item.opening}
    at_open = at_close = outside = 0
    for number, name in enumerate(names):
        if name not in opening:
            continue
        mine = (queues == number) & (offered > 0)
        days, minutes = labels[mine] // DAY, labels[mine] % DAY
        weekdays = (days + 6) % 7
        for weekday, windows in opening[name].items():
            if len(windows) != 1 or weekday > 6:
                continue
            start, end = windows[0]
            here = minutes[weekdays == weekday]
            at_open += int(np.count_nonzero(here == start))
            at_close += int(np.count_nonzero(here == end))
            outside += int(np.count_nonzero((here < start) | (here > end)))
    if at_open or outside or at_close < ENOUGH_DAYS:
        return None
    return Question(
        "interval_label",
        message(
            "Contacts come at closing time but never at opening time, so times may name the end"
            " of their interval. Set the mapping option “interval_label”."
        ),
        ("start", "end"),
    )
