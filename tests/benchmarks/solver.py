"""How good rosters are, how far from the best possible, and how soon.

    ./run bench solver
    ./run python -m tests.benchmarks.solver [--rows 100,300-24h] [--seeds 1,2,3] [--seconds 60]
                                            [--workers 2] [--no-peers] [--no-answers] [--json FILE]

Each row solves a seeded centre (``tests/benchmarks/centres.py``) in the solver's child process.
Cost 5 per missing and 1 per idle agent-interval, plus private costs; gap = (objective - bound) ÷
objective.  Objective, lawfulness and bound are recomputed from the two documents by
``tests/oracle``, which shares no code with the program.  Seconds count from the start of
``solve()`` in a child whose kernels are compiled.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from solver.settings import SolveSettings
from solver.warm import warm_up
from tests.benchmarks import _answers, _peers
from tests.benchmarks._roster_rows import ROWS, Row
from tests.benchmarks._roster_run import MARKS, Run, State, watch
from tests.oracle import bound as bounds
from tests.oracle import roster_checker
from tests.oracle.centre_costs import centre_cost
from wfm.model.codec import dump_document
from wfm.model.problem import PROBLEM_FORMAT, RosterProblem
from wfm.model.roster import ROSTER_FORMAT

SEEDS = (1, 2, 3)
FIRST_S = 1.0
PEER_ROW = "100"
FAULTS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """What the independent checkers say of a finished run."""

    objective: float
    bound: float
    proven: bool
    hard: int
    centre: float
    required: float
    faults: tuple[str, ...]

    @property
    def gap(self) -> float:
        """(objective - bound) ÷ objective."""
        return (self.objective - self.bound) / self.objective if self.objective else 0.0

    @property
    def share(self) -> float:
        """(objective - bound) ÷ required agent-intervals."""
        return (self.objective - self.bound) / self.required if self.required else 0.0


def judge(problem: RosterProblem, run: Run) -> Judged:
    """Recompute everything a plan says of itself from the two documents."""
    assert run.plan is not None
    document = json.loads(dump_document(problem, PROBLEM_FORMAT))
    roster = json.loads(dump_document(run.plan, ROSTER_FORMAT))
    hard = roster_checker.hard_violations(document, roster)
    claims = roster_checker.false_claims(document, roster) + bounds.false_bound(document, roster)
    return Judged(
        objective=roster_checker.objective(document, roster),
        bound=run.plan.lower_bound,
        proven=bool(roster["proof"]),
        hard=len(hard),
        centre=centre_cost(document, roster),
        required=sum(sum(demand["required"]) for demand in document["demands"]),
        faults=(*hard, *claims),
    )


HEAD = (
    f"{'row':17}{'seed':>4}{'first':>7}"
    + "".join(f"{f'{mark:.0f} s':>17}" for mark in MARKS)
    + f"{'objective':>11}{'bound':>10}{'gap':>8}{'must/stretch':>14}{'÷ req.':>8}{'must':>7}"
    + f"{'MB':>6}{'limit':>6}{'hard':>5}  verdict"
)


def line(row: Row, seed: int, run: Run, judged: Judged) -> str:
    """Return a row of the table."""
    must = "-" if row.must is None else f"{row.must:.1%}"
    share = "-" if row.share is None else f"{row.share:.2%}"
    first = "-" if run.first is None else f"{run.first:.2f}"
    return (
        f"{row.name:17}{seed:4d}{first:>7}"
        + "".join(f"{_state(run.at(mark)):>17}" for mark in MARKS)
        + f"{judged.objective:11.1f}{judged.bound:10.1f}{judged.gap:8.2%}"
        + f"{f'{must}/{row.stretch:.1%}':>14}{judged.share:8.2%}{share:>7}"
        + f"{run.peak_mb:6.0f}{row.memory:6d}{judged.hard:5d}  {verdict(row, run, judged)}"
    )


def _state(state: State) -> str:
    if state.objective is None:
        return "-"
    return f"{state.objective:.0f} {state.gap:.2%}" if state.gap is not None else "-"


def verdict(row: Row, run: Run, judged: Judged) -> str:
    """Return what was missed, else whether must or stretch was met."""
    assert run.plan is not None
    optimal = run.plan.status == "optimal"
    missed = {
        "hard rules": judged.hard > 0,
        "false claims": len(judged.faults) > judged.hard,
        "centre rules": judged.centre > 0,
        "proof": not judged.proven and judged.bound > 0 and not optimal,
        "gap": row.must is not None and judged.gap > row.must and not optimal,
        "÷ required": row.share is not None and judged.share > row.share,
        "memory": run.peak_mb > row.memory,
        "first roster": run.first is None or run.first > FIRST_S,
    }
    said = [name for name, is_missed in missed.items() if is_missed]
    if said:
        return f"MISSED: {', '.join(said)}"
    return "stretch met" if judged.gap <= row.stretch else "must met"


def run_row(row: Row, seed: int, settings: SolveSettings) -> dict[str, object]:
    """Solve one row with one seed, print its line, and return its figures."""
    problem = row.make(seed)
    run = watch(problem, settings)
    if run.plan is None:
        print(f"{row.name:17}{seed:4d}  no roster", flush=True)
        return {"row": row.name, "seed": seed, "verdict": "no roster"}
    judged = judge(problem, run)
    print(line(row, seed, run, judged), flush=True)
    for fault in judged.faults[:FAULTS_SHOWN]:
        print(f"    {fault}")
    return {
        "row": row.name,
        "seed": seed,
        "first": run.first,
        "marks": {f"{mark:.0f}": [run.at(mark).objective, run.at(mark).bound] for mark in MARKS},
        "objective": judged.objective,
        "bound": judged.bound,
        "bound_recomputed": judged.proven,
        "gap": judged.gap,
        "gap_of_required": judged.share,
        "memory_mb": run.peak_mb,
        "hard": judged.hard,
        "status": run.plan.status,
        "seconds": run.plan.seconds,
        "verdict": verdict(row, run, judged),
    }


def main(arguments: Sequence[str] = ()) -> int:
    """Print the table; return 1 if anything that must be was missed."""
    wanted = _parser().parse_args(arguments)
    names = wanted.rows.split(",") if wanted.rows else [row.name for row in ROWS]
    unknown = set(names) - {row.name for row in ROWS}
    if unknown:
        known = ", ".join(row.name for row in ROWS)
        sys.stderr.write(f"no row {', '.join(sorted(unknown))}; there are: {known}\n")
        return 2
    warm_up()
    print(HEAD, flush=True)
    found = []
    for row in (row for row in ROWS if row.name in names):
        for seed in (int(item) for item in wanted.seeds.split(",")):
            seconds = wanted.seconds or row.seconds
            found.append(run_row(row, seed, SolveSettings(seconds, wanted.workers, seed)))
    if not wanted.no_answers:
        print("\nanswers", flush=True)
        _answers.print_answers()
    if PEER_ROW in names and not wanted.no_peers:
        row = next(row for row in ROWS if row.name == PEER_ROW)
        print(f"\nbeside ours, {row.name} people, seed 1", flush=True)
        _peers.print_peers(row.make(1), wanted.seconds or 2 * row.seconds, wanted.workers)
    if wanted.json:
        wanted.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    missed = [item for item in found if not str(item["verdict"]).endswith("met")]
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.solver")
    names = ",".join(row.name for row in ROWS)
    parser.add_argument("--rows", default="", help=f"some of {names}")
    parser.add_argument("--seeds", default=",".join(map(str, SEEDS)))
    parser.add_argument("--seconds", type=float, default=0.0, help="instead of a row's own limit")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--no-peers", action="store_true", help="without other programs' models")
    parser.add_argument("--no-answers", action="store_true", help="without re-check, repair, stop")
    parser.add_argument("--json", type=Path, help="write the figures to a file as well")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
