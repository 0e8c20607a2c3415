"""The same sharing by augmenting paths, interval by interval, for many connected skills."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

import numpy as np

from wfm.analysis.presence import Integers

Column = tuple[int, ...]


def fill_by_paths(
    skills: Sequence[str],
    supply: Mapping[frozenset[str], Integers],
    sizes: Sequence[tuple[str, Integers]],
) -> list[Integers]:
    """Give each (skill, size) in order as much as the groups allow; arrays of shape ``(slots,)``.

    Equal intervals are solved once.
    """
    places = {skill: place for place, skill in enumerate(skills)}
    groups = [frozenset(places[skill] for skill in group if skill in places) for group in supply]
    wanted = [places[skill] for skill, _ in sizes]
    amounts = list(supply.values())
    depths = np.array([size for _, size in sizes], dtype=np.int64)
    result = np.zeros_like(depths)
    known: dict[tuple[Column, Column], list[int]] = {}
    for slot in range(depths.shape[1]):
        spare = tuple(int(amount[slot]) for amount in amounts)
        key = (spare, tuple(depths[:, slot].tolist()))
        if key not in known:
            known[key] = _fill(groups, list(spare), list(zip(wanted, key[1], strict=True)))
        result[:, slot] = known[key]
    return list(result)


def _fill(
    groups: Sequence[frozenset[int]], spare: list[int], pieces: Sequence[tuple[int, int]]
) -> list[int]:
    """Return what each (skill, size) gets; ``spare`` is used up."""
    used: list[dict[int, int]] = [dict.fromkeys(group, 0) for group in groups]
    result = []
    for skill, size in pieces:
        given = 0
        while given < size and (path := _path(groups, spare, used, skill)):
            source = path[-1][0]
            moved = [used[group][other] for group, other in path[:-1]]
            amount = min([size - given, spare[source], *moved])
            taker = skill
            for group, loser in path[:-1]:
                used[group][loser] -= amount
                used[group][taker] += amount
                taker = loser
            used[source][taker] += amount
            spare[source] -= amount
            given += amount
        result.append(given)
    return result


def _path(
    groups: Sequence[frozenset[int]],
    spare: Sequence[int],
    used: Sequence[dict[int, int]],
    skill: int,
) -> list[tuple[int, int]]:
    """Return the shortest chain of (group, skill it leaves) that ends at a group with spare.

    The first group gives to ``skill`` what it gave to the skill named beside it, which the next
    group makes good, and so on; empty where no chain exists.
    """
    before: dict[int, list[tuple[int, int]]] = {skill: []}
    queue = deque([skill])
    while queue:
        at = queue.popleft()
        for group, members in enumerate(groups):
            if at not in members:
                continue
            if spare[group] > 0:
                return [*before[at], (group, -1)]
            for other in members:
                if other not in before and used[group][other] > 0:
                    before[other] = [*before[at], (group, other)]
                    queue.append(other)
    return []
