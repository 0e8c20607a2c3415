"""The state of one search as arrays: a roster, the supply that follows from it, scratch space."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.compile import Ints
from solver.tables import Floats, Geometry, Graphs, Grid, Staff

# sizes of the grid by position
DAYS, SLOTS, PER_SLOT, PER_DAY, OVER, SETS, LONGEST, PUSH = range(8)


# columns of a search's ledger before those of the sets and segments
PRESENT, VERSION, KNOWN, COST, OPEN, EXTRA, FIRST = range(7)


class Search(NamedTuple):
    """The state of one search: a roster, the supply that follows from it, and scratch space.

    ``choice`` (agent, day) is an option or -1; ``placing`` (agent, day, group) that of its breaks.
    A row of ``ledger`` is one slot: units present, version of its supply, the version for which the
    rest is known, cost, units not served, cost of staffing rules, then per set the supply and what
    of it is left, then per segment what is not served, then per staffing rule the heads present.
    ``value`` (of presence at work) and ``span_value`` (of presence at all) of a class hold for one
    version of their slot.
    """

    choice: Ints
    placing: Ints
    private: Floats
    ledger: Ints
    saved: Ints
    """The rows of touched slots before a move."""
    touched: Ints
    """Two rows of slots: stamp of the move that touched it last, and the list of those touched."""
    value: Floats
    span_value: Floats
    value_version: Ints
    guide: Floats
    """What ``value`` would be at the prices of the bound."""
    span_guide: Floats
    lean: Floats
    """How far, from 0 to 1, worth leans from ``value`` to ``guide``."""
    counter: Ints
    random: NDArray[np.uint64]
    totals: Floats
    """Total now, best total."""
    best_choice: Ints
    best_placing: Ints
    room: Ints
    breaks: Ints
    prefix: Floats
    span_prefix: Floats
    class_value: Floats
    class_option: Ints
    reached: Floats
    via: Ints
    table: Floats
    box: Ints
    end_totals: Ints
    multiplier: Floats
    away: Ints
    """1 for agents who are taken out at the moment: pairs do not bind to them."""
    affected: Ints
    """1 for agents whose shifts differ from those before the run, where that is limited."""
    keepable: Ints
    """1 for agents who could be left with the shifts that they had before the run."""
    fresh: Ints
    """Agents changed since the best roster was noted: flags, list, and its length at the end."""


def new_search(grid: Grid, geometry: Geometry, staff: Staff, graphs: Graphs, seed: int) -> Search:
    """Return an empty roster (everybody off, nothing counted)."""
    agents = len(staff.profile)
    days, slots, sets = (int(grid.sizes[place]) for place in (DAYS, SLOTS, SETS))
    groups = max(1, int(np.diff(geometry.group_start).max(initial=0)))
    per_placing = int(np.diff(geometry.break_start).max(initial=0))
    most_breaks = groups * per_placing
    most_nodes, most_classes = int(graphs.most[0]), int(graphs.most[1])
    classes = len(staff.class_profile)
    integers = np.int64
    rules = staff.heads.low.shape[0]
    ledger = np.zeros((slots, FIRST + 2 * sets + len(grid.cost_of) + rules), dtype=integers)
    ledger[:, KNOWN] = -1
    most_values = int(graphs.most[2])
    return Search(
        choice=np.full((agents, days), -1, dtype=integers),
        placing=np.zeros((agents, days, groups), dtype=integers),
        private=np.zeros(agents),
        ledger=ledger,
        saved=ledger.copy(),
        touched=np.zeros((2, slots), dtype=integers),
        value=np.zeros((classes, slots)),
        span_value=np.zeros((classes, slots)),
        value_version=np.full((classes, slots), -1, dtype=integers),
        guide=np.zeros((classes, slots)),
        span_guide=np.zeros((classes, slots)),
        lean=np.zeros(1),
        counter=np.zeros(1, dtype=integers),
        random=np.array([(seed * 2_654_435_769 + 88_172_645_463_325_252) % 2**64], dtype=np.uint64),
        totals=np.zeros(2),
        best_choice=np.full((agents, days), -1, dtype=integers),
        best_placing=np.zeros((agents, days, groups), dtype=integers),
        room=np.zeros(max(sets, 1), dtype=integers),
        breaks=np.zeros((2, most_breaks + 1), dtype=integers),
        prefix=np.zeros(int(grid.sizes[LONGEST]) + 2),
        span_prefix=np.zeros(int(grid.sizes[LONGEST]) + 2),
        class_value=np.zeros((days, most_classes)),
        class_option=np.zeros((days, most_classes), dtype=integers),
        reached=np.zeros((days + 1, max(most_nodes, 1))),
        via=np.zeros((days + 1, max(most_nodes, 1)), dtype=integers),
        table=np.zeros((days + 1, max(most_values, 1))),
        box=np.zeros((days + 1, max(most_nodes, 1), 6), dtype=integers),
        end_totals=np.zeros(3, dtype=integers),
        multiplier=np.zeros(max(len(graphs.cap_high), 1)),
        away=np.zeros(agents, dtype=integers),
        affected=np.zeros(agents + 1, dtype=integers),
        keepable=np.zeros(agents, dtype=integers),
        fresh=np.zeros(2 * agents + 1, dtype=integers),
    )
