"""Public staff-scheduling instances (Curtois and Qu), solved through the common primitives.

    ./run python -m tests.benchmarks.curtois_qu INSTANCE.txt --time-limit S [--workers 2] [--seed 1]
                                                             [--recompute-bound] [--quiet]

Prints objective, bound and seconds, and what a checker says that knows the benchmark's own rules
and nothing of this program.  Several instances may be named.  Without any, those in the folder
``curtois_qu`` of ``TOBAN_BENCH_DATA`` are run for a minute each.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from solver.events import Failed, Finished, Progress
from solver.process import SolverProcess
from solver.settings import SolveSettings
from tests.benchmarks._curtois_qu import problem_of, read
from tests.oracle import bound as bounds
from tests.oracle import curtois_qu_checker as checker
from wfm.errors import WfmError
from wfm.model.codec import dump_document
from wfm.model.problem import PROBLEM_FORMAT, RosterProblem
from wfm.model.roster import ROSTER_FORMAT, RosterPlan

TOLD_EVERY_S = 30.0


def run(path: Path, settings: SolveSettings, *, quiet: bool = False, prove: bool = False) -> bool:
    """Solve one instance and print what came of it; tell whether the roster is lawful.

    ``prove`` recomputes the bound from the prices in the plan, where there are any.
    """
    text = path.read_text(encoding="utf-8")
    problem = problem_of(read(text))
    began = time.monotonic()
    plan = _solved(problem, settings, quiet)
    seconds = time.monotonic() - began
    if plan is None:
        return False
    roster = rows_of(problem, plan)
    faults = checker.faults(text, roster)
    penalty = checker.penalty(text, roster)
    faults += [] if penalty == round(plan.objective) else [f"the penalty is {penalty}"]
    gap = (plan.objective - plan.lower_bound) / plan.objective if plan.objective else 0.0
    print(
        f"{path.stem}: objective {plan.objective:g}  bound {plan.lower_bound:.2f}  gap {gap:.2%}"
        f"  {seconds:.1f} s  {plan.status}  {_beside(path, plan)}"
    )
    print(f"  checker: penalty {penalty}, {len(faults)} hard constraints broken", flush=True)
    if prove:
        faults += _proof(problem, plan)
    for line in faults[:20]:
        print(f"  {line}")
    return not faults


def _proof(problem: RosterProblem, plan: RosterPlan) -> list[str]:
    """Print what the plan's prices prove; return a line if that is less than it says."""
    document = json.loads(dump_document(problem, PROBLEM_FORMAT))
    roster = json.loads(dump_document(plan, ROSTER_FORMAT))
    if not roster["proof"]:
        print("  the bound is not one of prices: nothing to recompute")
        return []
    proven = bounds.bound(document, roster["proof"])
    print(f"  bound recomputed from its prices: {proven}", flush=True)
    return bounds.false_bound(document, roster)


def _solved(problem: RosterProblem, settings: SolveSettings, quiet: bool) -> RosterPlan | None:
    """Return the plan of a child process, which tells of its progress meanwhile."""
    told = 0.0
    with SolverProcess(problem, settings) as process:
        for event in process.events():
            match event:
                case Progress(seconds, objective, bound) if not quiet:
                    if seconds >= told and objective is not None:
                        told = seconds + TOLD_EVERY_S
                        print(f"  {seconds:6.1f} s  {objective:g}  {bound or 0:.2f}", flush=True)
                case Failed(reason):
                    sys.stderr.write(f"{reason}\n")
                case Finished(plan):
                    return plan
    return None


def rows_of(problem: RosterProblem, plan: RosterPlan) -> dict[str, list[str]]:
    """Return each person's shifts by day, ``""`` for a day off."""
    rows = {agent.key: [""] * problem.horizon.days for agent in problem.agents}
    for duty in plan.duties:
        rows[duty.agent][problem.horizon.day_index(duty.day)] = duty.kind
    return rows


def _beside(path: Path, plan: RosterPlan) -> str:
    """Return how the result compares with what has been published, where that lies at hand."""
    row = _published(path)
    if not row:
        return ""
    best = float(row["best_known"])
    over, under = (plan.objective - best) / best, (plan.lower_bound - best) / best
    words = [f"best known {best:g} ({over:+.2%}, bound {under:+.2%})"]
    if row["ejection_10min"]:
        words.append(f"ejection chain in 10 min {row['ejection_10min']}")
    if row["gurobi_10min"]:
        words.append(f"Gurobi in 10 min {row['gurobi_10min']}")
    return "  ".join(words)


def _published(path: Path) -> Mapping[str, str]:
    table = path.parent / "best_known.csv"
    number = path.stem.removeprefix("Instance")
    if not table.is_file():
        return {}
    with table.open(encoding="utf-8", newline="") as source:
        rows = {row["instance"]: row for row in csv.DictReader(source)}
    return rows.get(number, {})


def _all_instances() -> list[Path]:
    folder = Path(os.environ.get("TOBAN_BENCH_DATA", "")) / "curtois_qu"
    found = folder.glob("Instance*.txt") if os.environ.get("TOBAN_BENCH_DATA") else ()
    return sorted(found, key=lambda path: int(path.stem.removeprefix("Instance")))


def main(arguments: Sequence[str] = ()) -> int:
    """Run the instances named, or all there are; return 1 if anything went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.curtois_qu")
    parser.add_argument("instances", type=Path, nargs="*", metavar="INSTANCE.txt")
    parser.add_argument("--time-limit", type=float, default=60.0, metavar="S")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--recompute-bound", action="store_true", help="from the plan's prices")
    parser.add_argument("--quiet", action="store_true", help="tell the result only")
    wanted = parser.parse_args(arguments)
    paths = wanted.instances or _all_instances()
    if not paths:
        print("no instance named, and TOBAN_BENCH_DATA names no folder that holds curtois_qu")
        return 0
    settings = SolveSettings(wanted.time_limit, wanted.workers, wanted.seed)
    results = []
    for path in paths:
        try:
            found = run(path, settings, quiet=wanted.quiet, prove=wanted.recompute_bound)
            results.append(found)
        except (WfmError, OSError, UnicodeDecodeError) as error:
            sys.stderr.write(f"{path}: {getattr(error, 'message', error)}\n")
            results.append(False)
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
