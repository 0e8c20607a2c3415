"""What a channel is to staffing: a way from a forecast to agents per interval, and its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.messages import Message
from wfm.model.workload import Floats, Forecast, Queue

OpenSlots = NDArray[np.bool_]
Words = tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Channel:
    """A kind of contact.

    ``agents`` returns agents per interval before shrinkage, shape ``(slots,)``, 0 where closed;
    ``explain`` says how the number of one open interval came about, a sentence per step.
    """

    key: str
    agents: Callable[[Forecast, Queue, OpenSlots], Floats]
    explain: Callable[[Forecast, Queue, OpenSlots, int], Words]
