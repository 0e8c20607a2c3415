"""The closed set of primitives into which every work rule compiles.

Primitives speak of one agent, of day positions ``0 … days-1`` of the horizon, and of *options*:
positions in the problem's option table, or ``OFF`` for a day without duty.  Three interpreters
read them: the checker, the CP-SAT model and the best-week search.  ``price`` is ``None`` for a hard
rule (forbidden) or the cost per unit of breaking it: a priced ``Mask`` costs once per day it is
broken, ``Succession`` once per pair of duties, ``Counter`` once per started ``unit`` of excess or
shortfall, ``Automaton`` once per missing transition and once for a wrong last state, ``Distinct``
once per value too many.
"""

from __future__ import annotations

from dataclasses import dataclass, field

OFF = -1
"""The choice "no duty on this day"."""

SEVERITIES = ("illegal", "agreement", "company", "wish")
"""Illegal even with an agreement; needs an agreement the site must hold; company rule; wish."""


@dataclass(frozen=True, slots=True)
class RuleRef:
    """Which rule a primitive came from, and the numbers that a sentence about it needs."""

    key: str
    severity: str = "company"
    numbers: dict[str, int] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Mask:
    """On ``day`` the choices ``options`` (``OFF`` may be one) are forbidden or priced."""

    rule: RuleRef
    day: int
    options: tuple[int, ...]
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """A duty must start at least ``rest_minutes`` after the end of the duty before it.

    ``previous_end`` is the end of the last duty before the horizon, in minutes from midnight of
    the horizon's first day (negative or small), or ``None``.  ``pairs`` forbids further ordered
    pairs of options on consecutive days (night → early).  The unit is one duty that follows too
    soon or in a forbidden pair: however short the rest, it is priced once (``amount`` of the
    violation: the missing minutes, 1 for a pair).
    """

    rule: RuleRef
    rest_minutes: int = 0
    pairs: tuple[tuple[int, int], ...] = ()
    previous_end: int | None = None
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Counter:
    """``low <= constant + Σ measure(option on day) <= high`` over the days of a window.

    ``measure`` names a column of the problem's option table (``duties``, ``worked_minutes``,
    ``paid_minutes``, ``night_minutes`` …); a day off measures 0.  ``constant`` is what the part of
    the window before the horizon adds.  A breach is priced per begun ``unit``: excess or shortfall
    of 61 minutes with a unit of 60 costs 2 × ``price``.  Where ``blocks`` is given (disjoint groups
    of days of the window, say weekends), each block adds the largest measure of its days instead of
    their sum, so that a weekend of two duties counts once.
    """

    rule: RuleRef
    days: tuple[int, ...]
    measure: str
    low: int | None = None
    high: int | None = None
    constant: int = 0
    price: int | None = None
    unit: int = 1
    blocks: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Automaton:
    """A small machine reads one class per day; a missing transition is forbidden or priced.

    ``measure`` gives the class of each option (``OFF`` is class 0); ``transitions[state][class]``
    is the next state, or negative where that is forbidden: -1 leaves a machine that breaks the rule
    in its state, ``-2 - s`` sends it on to the state ``s``.  Each forbidden transition is one unit,
    as is a horizon that ends in another state than those of ``final`` (empty: any will do).
    ``start`` carries the days before the horizon.  Where ``days`` is given (ascending), the machine
    reads only those days (weekends, say).
    """

    rule: RuleRef
    measure: str
    start: int
    transitions: tuple[tuple[int, ...], ...]
    final: tuple[int, ...] = ()
    price: int | None = None
    days: tuple[int, ...] = ()

    def follow(self, state: int, kind: int) -> tuple[int, bool]:
        """Return the state after a day of class ``kind``, and whether that breaks the rule."""
        row = self.transitions[state]
        following = row[kind] if 0 <= kind < len(row) else -1
        if following >= 0:
            return following, False
        return (state if following == -1 else -2 - following), True


@dataclass(frozen=True, slots=True)
class Distinct:
    """At most ``at_most`` different values of ``measure`` among the duties of ``days``.

    Values in ``known`` (of duties before the horizon) count as well.  Every value beyond is one
    unit.
    """

    rule: RuleRef
    days: tuple[int, ...]
    measure: str
    at_most: int
    price: int | None = None
    known: tuple[int, ...] = ()


Primitive = Mask | Succession | Counter | Automaton | Distinct


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken primitive: whose, which days, by how much.

    ``amount`` is the excess or shortfall in the primitive's own unit; ``hard`` tells whether the
    rule may be broken at a price.
    """

    agent: str
    rule: RuleRef
    days: tuple[int, ...]
    amount: int
    hard: bool
    cost: int = 0
