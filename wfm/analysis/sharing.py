"""Sharing agents out among their skills at the least cost, exactly, for all intervals at once.

What a set of skills can be given together is limited by the agents who have any of them.  Such
limits form a polymatroid, and the under-cost steps are convex, so the greedy rule is exact: steps
in order of falling cost, each filled as far as the limits of every set with that skill allow
(Federgruen, Groenevelt 1986).  All amounts are whole numbers of shape ``(slots,)``.

Groups of skills that no agent connects are shared out apart from each other.  Where more skills
hang together than sets can be listed for, each different interval is solved by augmenting paths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wfm.analysis.flow import fill_by_paths
from wfm.analysis.presence import Integers

MOST_LISTED = 10
"""Skills of one connected group up to which its 2ⁿ sets are listed."""

Supply = Mapping[frozenset[str], Integers]


@dataclass(frozen=True, slots=True)
class Piece:
    """One under-cost step of a skill: its size per interval and the cost of missing one unit."""

    skill: str
    cost: int
    size: Integers


def share_out(skills: Sequence[str], supply: Supply, pieces: Sequence[Piece]) -> list[Integers]:
    """Return what each piece is given, in the order of ``pieces``."""
    given = [np.zeros_like(piece.size) for piece in pieces]
    for part in connected(skills, supply):
        inside = [place for place, piece in enumerate(pieces) if piece.skill in part]
        # a stable order: equal costs are filled in the order of the demands
        order = sorted(inside, key=lambda place: -pieces[place].cost)
        groups = {group: amount for group, amount in supply.items() if group & part}
        fill = _fill_by_sets if len(part) <= MOST_LISTED else fill_by_paths
        sizes = [(pieces[place].skill, pieces[place].size) for place in order]
        for place, amount in zip(order, fill(sorted(part), groups, sizes), strict=True):
            given[place] = amount
    return given


def connected(skills: Sequence[str], supply: Supply) -> list[frozenset[str]]:
    """Return the skills in parts that no group of agents connects."""
    parts = [frozenset((skill,)) for skill in dict.fromkeys(skills)]
    for group in supply:
        touched = [part for part in parts if part & group]
        if len(touched) > 1:
            parts = [part for part in parts if not part & group]
            parts.append(frozenset().union(*touched))
    return parts


def _fill_by_sets(
    skills: Sequence[str], supply: Supply, sizes: Sequence[tuple[str, Integers]]
) -> list[Integers]:
    """Fill in order; ``room[s]`` is what the set of skills with the bits of ``s`` may still get."""
    bits = {skill: 1 << place for place, skill in enumerate(skills)}
    slots = len(sizes[0][1])
    room = np.zeros((1 << len(skills), slots), dtype=np.int64)
    members = np.arange(1 << len(skills))
    for group, amount in supply.items():
        mask = sum(bits[skill] for skill in group if skill in bits)
        room[(members & mask) != 0] += amount
    result = []
    for skill, size in sizes:
        with_skill = (members & bits[skill]) != 0
        amount = np.minimum(size, room[with_skill].min(axis=0))
        room[with_skill] -= amount
        result.append(amount)
    return result
