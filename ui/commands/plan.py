"""`toban plan`: the whole line for one week, with every result as a file in a folder."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ui.commands.console import (
    LANGUAGE,
    folder_to_write,
    horizon_of,
    open_centre,
    print_json,
    say,
    text,
)
from wfm.messages import message
from wfm.model.codec import dump_document
from wfm.model.problem import PROBLEM_FORMAT
from wfm.model.roster import ROSTER_FORMAT

if TYPE_CHECKING:
    from wfm.model.problem import RosterProblem
    from wfm.model.roster import RosterPlan
    from wfm.services.planning import PlannedWeek
    from wfm.workspace import Workspace


@click.command(
    "plan",
    help=text(
        message(
            "The whole line for a week: forecast, required staff, roster, coverage picture and"
            " payroll file, written to a folder."
        )
    ),
)
@click.argument("centre")
@click.option("--week", default="next", show_default=True,
              help=text(message("ISO week (2026-W49) or “next”.")))  # fmt: skip
@click.option("--out", required=True, help=text(message("Folder to write to.")))
@click.option("--time-limit", type=click.FloatRange(min=1), default=45.0, show_default=True,
              help=text(message("Seconds to search.")))  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True,
              help=text(message("Processor cores to use.")))  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True,
              help=text(message("Number that starts the random choices.")))  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=text(message("Print the result as JSON.")))
def plan_command(
    centre: str,
    week: str,
    out: str,
    time_limit: float,
    workers: int,
    seed: int,
    as_json: bool,
) -> None:
    """Plan a week and write its files."""
    folder_to_write(out)
    with open_centre(centre) as workspace:
        summary = plan_into(
            workspace, week, Path(out), time_limit_s=time_limit, workers=workers, seed=seed
        )
    if as_json:
        print_json(summary)


def plan_into(
    workspace: Workspace,
    week: str,
    folder: Path,
    *,
    time_limit_s: float,
    workers: int = 2,
    seed: int = 1,
) -> dict[str, Any]:
    """Run the line, write every file of it into ``folder``, and return the summary."""
    from ui.commands.solving import solve_in_child
    from wfm.services.unmet import shortage_notes

    started = time.perf_counter()
    horizon = horizon_of(workspace, week)

    def solve(problem: RosterProblem) -> RosterPlan:
        return solve_in_child(problem, time_limit_s=time_limit_s, workers=workers, seed=seed)

    planned = workspace.plan_week(horizon, solve, say)
    say(message("Writing files"))
    files = write_files(workspace, planned, folder)
    summary = {
        **summarise(planned),
        "seconds": {**planned.seconds, "total": round(time.perf_counter() - started, 3)},
        "files": [item.name for item in files],
    }
    write_json(folder / "summary.json", summary)
    for note in (*planned.notes, *shortage_notes(planned.plan, planned.skill_names)):
        say(note)
    say(
        message(
            "Required {required} h, short {short} h, surplus {surplus} h, {count} hard violation,"
            " gap {gap} %. Files: {folder}",
            plural="Required {required} h, short {short} h, surplus {surplus} h,"
            " {count} hard violations, gap {gap} %. Files: {folder}",
            required=f"{summary['required_agent_hours']:,.1f}",
            short=f"{summary['understaffed_agent_hours']:,.1f}",
            surplus=f"{summary['overstaffed_agent_hours']:,.1f}",
            count=summary["hard_violations"],
            gap=f"{summary['gap'] * 100:.1f}",
            folder=str(folder),
        )
    )
    return summary


def summarise(planned: PlannedWeek) -> dict[str, Any]:
    """Return the figures of ``summary.json``, hours and shares as plain numbers."""
    plan, covered = planned.plan, planned.coverage
    slot_hours = planned.problem.horizon.slot_minutes / 60
    required = covered.required_agent_hours
    distance = plan.objective - plan.lower_bound
    return {
        "week": str(planned.problem.horizon.start),
        "agents": len(planned.problem.agents),
        "intervals": planned.problem.horizon.slots,
        "required_agent_hours": required,
        "supplied_agent_hours": covered.supplied_agent_hours,
        "understaffed_agent_hours": covered.understaffed_agent_hours,
        "overstaffed_agent_hours": covered.overstaffed_agent_hours,
        "objective": plan.objective,
        "lower_bound": plan.lower_bound,
        "gap": plan.gap,
        "gap_of_required": distance * slot_hours / required if required else 0.0,
        "hard_violations": sum(1 for item in planned.violations if item.hard),
        "unmet": len(plan.unmet),
        "status": plan.status,
    }


def write_json(path: Path, value: Any) -> Path:
    """Write a JSON file whole or not at all."""
    from wfm.publishing import write_atomically

    write_atomically(path, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode())
    return path


def write_files(workspace: Workspace, planned: PlannedWeek, folder: Path) -> list[Path]:
    """Write problem, roster, roster tables, payroll file and coverage picture."""
    from ui.coverage_view import coverage_view
    from ui.plots.coverage import coverage_picture
    from wfm.publishing import make_folder, write_atomically

    make_folder(folder)
    horizon = planned.problem.horizon
    problem, roster = folder / "problem.json", folder / "roster.json"
    write_atomically(problem, dump_document(planned.problem, PROBLEM_FORMAT).encode())
    write_atomically(roster, dump_document(planned.plan, ROSTER_FORMAT).encode())
    files = [problem, roster]
    files += workspace.files.roster(horizon, "xlsx", str(folder / "roster.xlsx"), LANGUAGE)
    files += workspace.files.roster(horizon, "csv", str(folder / "roster.csv"), LANGUAGE)
    month = workspace.files.wage_month_of(horizon)
    payroll = folder / f"payroll-{month:%Y-%m}.csv"
    workspace.files.payroll(month, "generic-monthly", str(payroll), LANGUAGE)
    picture = folder / "coverage.png"
    view = coverage_view(
        planned.coverage,
        planned.skill_names,
        centre=planned.problem.centre,
        gap=summarise(planned)["gap_of_required"],
    )
    coverage_picture(view, picture, language=LANGUAGE)
    return [*files, payroll, picture]
