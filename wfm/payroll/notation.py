"""How payroll files write working time; 1.15 hours and 1:15 are not the same."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from wfm.errors import WfmError
from wfm.messages import message


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _decimal(minutes: int) -> str:
    return str((Decimal(minutes) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP))


NOTATIONS: dict[str, Callable[[int], str]] = {
    "h:mm": _clock,
    "decimal": _decimal,
    "minutes": str,
}
"""Name → text of a number of minutes: 75 is ``1:15``, ``1.25`` or ``75``.

Only ``decimal`` rounds (to a hundredth of an hour, each figure once); minutes are never rounded.
"""


def notation_of(name: str) -> Callable[[int], str]:
    """Return the writer of a notation; raises :class:`~wfm.errors.WfmError` for an unknown one."""
    if name not in NOTATIONS:
        raise WfmError(
            message(
                "Working time is written as {notations}, not as “{notation}”.",
                notations=", ".join(NOTATIONS),
                notation=name,
            )
        )
    return NOTATIONS[name]
