"""What a run of the solver may touch, and what it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.aims import Aims
from wfm.model.request import AgentDay

RUN_PARTS: dict[str, Message] = {
    "everything": message("everything", context="part of a roster"),
    "breaks": message("only breaks", context="part of a roster"),
    "add": message("only add shifts", context="part of a roster"),
    "remove": message("only remove shifts", context="part of a roster"),
}
"""What of the days inside a scope a run may change."""

RUN_NAMES: dict[str, Message] = {
    "build": message("Build", context="run"),
    "repair": message("Repair", context="run"),
    "cheapest": message("Cheapest", context="run"),
    "wishes": message("Most wishes", context="run"),
    "least_change": message("Least change", context="run"),
    "question": message("Why not?", context="run"),
}
"""What a run was made for."""

WISHED_KINDS: dict[str, Message] = {
    "off": message("does not work", context="wished day"),
    "work": message("works", context="wished day"),
    "shift": message("works this shift", context="wished day"),
    "start": message("starts at", context="wished day"),
}
"""What may be wished for a day when somebody asks why it is not so."""

MOST_COST = 10_000


@dataclass(frozen=True, slots=True)
class RunScope:
    """What a run may change of the roster as it is, and what each change costs.

    Days outside ``first`` … ``last`` (``None``: no limit), people outside ``agents`` (empty:
    everybody), days closer than ``notice_days`` and past days keep their exact duty; ``part``
    limits what happens on the others (:data:`RUN_PARTS`).  Costs are in the unit of the objective,
    as in :class:`~wfm.model.problem.Stability`; by default everything may change for free.
    """

    first: date | None = field(default=None, metadata={"label": message("From day")})
    last: date | None = field(default=None, metadata={"label": message("To day")})
    agents: tuple[str, ...] = ()
    part: str = field(
        default="everything",
        metadata={"label": message("Change"), "choices": tuple(RUN_PARTS.items())},
    )
    people: int | None = field(
        default=None,
        metadata={
            "label": message("People affected at most"),
            "low": 0,
            "high": 100_000,
            "help": message("Empty: any number. Whose breaks alone move is not counted."),
        },
    )
    notice_days: int = field(
        default=0,
        metadata={
            "label": message("Notice"),
            "unit": "d",
            "low": 0,
            "high": 366,
            "help": message("Nobody's next days are changed, so many of them from today on."),
        },
    )
    shift_cost: int = field(
        default=0,
        metadata={
            "label": message("Cost of a changed shift"),
            "low": 0,
            "high": MOST_COST,
            "help": message("5 or so is what one person missing for one interval costs."),
        },
    )
    break_cost: int = field(
        default=0,
        metadata={"label": message("Cost of a moved break"), "low": 0, "high": MOST_COST},
    )
    person_cost: int = field(
        default=0,
        metadata={"label": message("Cost of a person affected"), "low": 0, "high": MOST_COST},
    )

    def __post_init__(self) -> None:
        if self.part not in RUN_PARTS:
            raise WfmError(
                message("A run changes one of {parts}, not “{part}”.",
                        parts=", ".join(RUN_PARTS), part=self.part)
            )  # fmt: skip
        if self.first is not None and self.last is not None and self.last < self.first:
            raise WfmError(
                message("The last day {last} lies before the first day {first}.",
                        first=self.first, last=self.last)
            )  # fmt: skip
        if self.people is not None and self.people < 0:
            raise WfmError(message("At least 0 people can be affected, not {count}.",
                                   count=self.people))  # fmt: skip
        if not 0 <= self.notice_days <= 366:
            raise WfmError(message("The notice is 0 to 366 days, not {days}.",
                                   days=self.notice_days))  # fmt: skip
        costs = (self.shift_cost, self.break_cost, self.person_cost)
        if not all(0 <= cost <= MOST_COST for cost in costs):
            raise WfmError(
                message("What a change costs lies between 0 and {most}.", most=MOST_COST)
            )

    @property
    def whole(self) -> bool:
        """Whether nothing is limited and no change costs anything: a roster built anew."""
        return self == RunScope()


def careful(slot_minutes: int) -> RunScope:
    """Return the scope of a repair: everything may change, where it is worth it.

    At the usual prices (5 for a missing quarter of an hour) a shift is changed where that saves two
    missing agent-hours, and half as much again for the first of a person.  The surplus of a whole
    shift is no reason.
    """
    quarters = 15 / slot_minutes
    return RunScope(
        shift_cost=round(40 * quarters),
        break_cost=max(1, round(quarters)),
        person_cost=round(20 * quarters),
    )


def lightly(slot_minutes: int) -> RunScope:
    """Return a scope in which changes cost just enough not to happen for nothing.

    An eighth of :func:`careful`: for a curve of what changes buy, and for what a rule is worth.
    """
    dear = careful(slot_minutes)
    return RunScope(
        shift_cost=max(1, dear.shift_cost // 8),
        break_cost=dear.break_cost,
        person_cost=max(1, dear.person_cost // 8),
    )


@dataclass(frozen=True, slots=True)
class WishedDay:
    """A person's day as it should be: ``kind`` is a key of :data:`WISHED_KINDS`.

    ``shift`` is the key of a shift kind for ``shift``, ``start`` minutes after midnight for
    ``start``.
    """

    agent: str
    day: date = field(metadata={"label": message("Date")})
    kind: str = field(
        default="off",
        metadata={"label": message("Why not"), "choices": tuple(WISHED_KINDS.items())},
    )
    shift: str = field(default="", metadata={"label": message("Shift kind")})
    start: int | None = field(
        default=None, metadata={"label": message("Start"), "form": "clock", "high": 1439}
    )

    def __post_init__(self) -> None:
        if self.kind not in WISHED_KINDS:
            raise WfmError(
                message("A day can be wished as one of {kinds}, not “{kind}”.",
                        kinds=", ".join(WISHED_KINDS), kind=self.kind)
            )  # fmt: skip
        if self.kind == "shift" and not self.shift:
            raise WfmError(message("Name the shift kind that is wished."))
        if self.kind == "start" and self.start is None:
            raise WfmError(message("Name the start that is wished."))


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What a run is asked for: its scope, absences that are not in the centre yet, and its aims.

    ``wished`` is a day that must be so, whatever it costs.  ``purpose`` is a key of
    :data:`RUN_NAMES`; ``aims`` ``None`` are those of the centre.  Days before ``today`` are past,
    and the notice counts from it (``None``: no day is past).
    """

    scope: RunScope = RunScope()
    absences: tuple[AgentDay, ...] = ()
    aims: Aims | None = None
    purpose: str = "build"
    today: date | None = None
    wished: WishedDay | None = None

    def __post_init__(self) -> None:
        if self.purpose not in RUN_NAMES:
            raise WfmError(message("There is no run for “{purpose}”.", purpose=self.purpose))

    @property
    def whole(self) -> bool:
        """Whether the week is built anew for the centre's own aims."""
        plain = self.scope.whole and not self.absences and self.wished is None
        return plain and self.aims is None
