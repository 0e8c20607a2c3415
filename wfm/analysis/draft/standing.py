"""What cannot be, whatever the rules say: two shifts at once, or one on a day of leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.activity import absence_name
from wfm.model.people import Agent, Leave
from wfm.model.roster import Duty
from wfm.model.time import DAY_MINUTES, LATEST_MINUTE, format_clock


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's week as far as it decides where a shift can be: employment, leave, the past.

    ``leaves`` are those that close a whole day (see :func:`closes`); ``past`` is the last duty
    before the days planned.
    """

    agent: Agent
    leaves: Mapping[date, Leave] = field(default_factory=dict)
    past: Duty | None = None

    @property
    def name(self) -> str:
        """The person's name, or their key."""
        return self.agent.name or self.agent.key

    def check(
        self,
        days: Sequence[date],
        before: Collection[Duty],
        after: Sequence[Duty],
        locked_off: Collection[date],
    ) -> None:
        """Raise a sentence when a shift of ``after`` that is new cannot be.

        What stood there before is not questioned; work rules are not looked at.
        """
        new = list((Counter(after) - Counter(before)).elements())
        for duty in new:
            self._check_day(duty, days, locked_off)
            self._check_times(duty)
        ordered = sorted(after, key=lambda duty: (duty.day, duty.start))
        if self.past is not None:
            ordered.insert(0, self.past)
        for first, second in pairwise(ordered):
            if first in new or second in new:
                self._check_pair(first, second, second if second in new else first)

    def _check_day(self, duty: Duty, days: Sequence[date], locked_off: Collection[date]) -> None:
        day = duty.day
        if day not in days:
            raise WfmError(message("{day} is outside the week shown.", day=day))
        if not self.agent.employed_on(day):
            raise WfmError(message("{agent} is not employed on {day}.", agent=self.name, day=day))
        if day in self.leaves:
            raise WfmError(
                message(
                    "{agent} has {leave} on {day}.",
                    agent=self.name,
                    leave=absence_name(self.leaves[day].kind),
                    day=day,
                )
            )
        if day in locked_off:
            raise WfmError(
                message(
                    "{day} is locked as a day off of {agent}. Unlock the day first.",
                    agent=self.name,
                    day=day,
                )
            )

    def _check_times(self, duty: Duty) -> None:
        if duty.end <= duty.start:
            raise WfmError(message("A shift must end after it starts."))
        if not 0 <= duty.start < DAY_MINUTES or duty.end > LATEST_MINUTE:
            raise WfmError(
                message(
                    "A shift starts between 0:00 and 24:00 of its day and ends by 48:00, not"
                    " {start}-{end}.",
                    start=_clock(duty.start),
                    end=_clock(duty.end),
                )
            )
        for first, second in _neighbours(duty):
            if first > second:
                raise WfmError(
                    message(
                        "The breaks of {agent} on {day} overlap or lie outside the shift.",
                        agent=self.name,
                        day=duty.day,
                    )
                )

    def _check_pair(self, first: Duty, second: Duty, new: Duty) -> None:
        other = first if new is second else second
        if first.day == second.day:
            raise WfmError(
                message(
                    "{agent} already has a shift on {day} ({start}-{end}).",
                    agent=self.name,
                    day=new.day,
                    start=format_clock(other.start),
                    end=format_clock(other.end),
                )
            )
        if first.end > second.start + (second.day - first.day) // timedelta(minutes=1):
            raise WfmError(
                message(
                    "The shift of {agent} on {day} would overlap the one on {other}.",
                    agent=self.name,
                    day=new.day,
                    other=other.day,
                )
            )


def closes(leave: Leave) -> bool:
    """Tell whether an absence keeps a whole day free of shifts."""
    return leave.approved and leave.kind != "half_leave"


def _neighbours(duty: Duty) -> Iterator[tuple[int, int]]:
    """Yield (first free minute, start) of each break, then the last break's end with the shift's.

    A break begins after its shift does.
    """
    free = duty.start + 1
    for item in sorted(duty.breaks, key=lambda item: item.start):
        yield free, item.start
        free = item.end
    yield free, duty.end


def _clock(minutes: int) -> str:
    """Return a time; one before midnight with a minus sign."""
    return f"-{format_clock(-minutes)}" if minutes < 0 else format_clock(minutes)
