"""Speed of staffing and coverage, one figure per line.

Run alone on a quiet machine::

    python -m tests.benchmarks.staffing
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import numpy as np

from tests.analysis.builders import START, random_instance
from wfm.analysis import coverage
from wfm.model.time import Horizon
from wfm.model.workload import Forecast, Goal, Queue
from wfm.staffing import Workload, fewest_agents, requirement


def best_of(work: Callable[[], object], times: int = 3) -> float:
    """Return the shortest CPU time of some runs, in seconds."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def a_week(queues: int, patience_s: float | None) -> Callable[[], object]:
    """Staff a week of quarter hours, 14 open hours a day, two peaks, for several queues."""
    horizon = Horizon(START, 7, 15)
    hour = np.arange(horizon.slots) % 96 / 4
    shape = np.exp(-(((hour - 11) / 3) ** 2)) + 0.8 * np.exp(-(((hour - 16) / 2.5) ** 2))
    noise = np.random.default_rng(1).uniform(0.97, 1.03, horizon.slots)
    is_open = (hour >= 8) & (hour < 22)
    goals = (Goal("answer_rate", 0.95), Goal()) if patience_s else (Goal(),)
    queue = Queue("q", "q", "q", goals=goals, patience_s=patience_s, max_occupancy=0.9)

    def work() -> None:
        for number in range(queues):
            volume = shape * noise * (40 + 15 * number)
            forecast = Forecast("q", horizon, volume, np.full(horizon.slots, 300.0))
            requirement(forecast, queue, is_open)

    return work


def intervals(count: int, largest: float, patience_s: float | None) -> Callable[[], object]:
    """Find the fewest agents of unrelated intervals, 80 % in 20 s."""
    rng = random.Random(2)
    works = [
        Workload(rng.uniform(0.1, largest) * 1800 / 300, 30, 300.0, patience_s)
        for _ in range(count)
    ]
    return lambda: [fewest_agents(work, (Goal(),)) for work in works]


def main() -> None:
    """Print every figure."""
    for patience in (None, 180.0):
        model = "Erlang A" if patience else "Erlang C"
        print(f"{model}, week × 5 queues: {best_of(a_week(5, patience)):.3f} s")
        for largest, count in ((100.0, 2_000), (1_000.0, 500)):
            seconds = best_of(intervals(count, largest, patience))
            print(f"{model}, up to {largest:g} erlang: {count / seconds:,.0f} intervals/s")
    for skills, slot in ((4, 15), (4, 5), (10, 15), (14, 15)):
        item = random_instance(random.Random(3), skills, agents=60, days=7, slot_minutes=slot)
        arguments = (item.horizon, item.demands, item.agents, item.duties, item.over_cost)
        seconds = best_of(lambda arguments=arguments: coverage(*arguments))
        print(f"coverage, {skills} skills, {item.horizon.slots} intervals: {seconds * 1000:.1f} ms")


if __name__ == "__main__":
    main()
