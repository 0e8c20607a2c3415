"""`toban solve | check`: a roster from a centre's week or a problem file; its violations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.commands.console import (
    existing_file,
    file_to_write,
    horizon_of,
    open_centre,
    print_json,
    say,
    text,
)
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.codec import dump_document, load_document
from wfm.model.problem import PROBLEM_FORMAT, RosterProblem
from wfm.model.roster import ROSTER_FORMAT, RosterPlan

if TYPE_CHECKING:
    from wfm.model.rule import Violation
    from wfm.rules.centre import CentreBreach


def read_problem(path: Path) -> RosterProblem:
    """Read and validate a problem document; raises :class:`~wfm.errors.WfmError` with its place."""
    from solver.validate import validate

    problem = load_document(read_text(path), RosterProblem, PROBLEM_FORMAT, str(path))
    try:
        validate(problem)
    except WfmError as error:
        raise WfmError(message("{file}: {reason}", file=str(path), reason=error.message)) from None
    return problem


def read_text(path: Path) -> str:
    """Read a UTF-8 file; raises :class:`~wfm.errors.WfmError`."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WfmError(
            message("{file} cannot be read: {detail}.", file=str(path), detail=str(error))
        ) from None


@click.command(
    "solve",
    help=text(
        message(
            "Build a roster. TARGET is a centre (with --week; the roster is kept in it) or a"
            " problem file (.json, with --out)."
        )
    ),
)
@click.argument("target")
@click.option("--week", help=text(message("ISO week (2026-W49) or “next”.")))
@click.option("--out", help=text(message("Roster file (JSON) to write.")))
@click.option(
    "--time-limit", type=click.FloatRange(min=1), default=60.0, show_default=True,
    help=text(message("Seconds to search.")),
)  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True,
    help=text(message("Processor cores to use.")),
)  # fmt: skip
@click.option(
    "--seed", type=int, default=1, show_default=True,
    help=text(message("Number that starts the random choices.")),
)  # fmt: skip
@click.option(
    "--moves", type=click.IntRange(0, 10**9), default=0, show_default=True,
    help=text(message("Moves to search instead of seconds (0), to repeat it exactly.")),
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=text(message("Print the result as JSON.")))
def solve_command(
    target: str,
    week: str | None,
    out: str | None,
    time_limit: float,
    workers: int,
    seed: int,
    moves: int,
    as_json: bool,
) -> None:
    """Dispatch to the problem file or the centre's week."""
    from ui.commands.solving import solve_in_child
    from wfm.services.unmet import shortage_notes

    if out is not None:
        file_to_write(out)

    def solve(problem: RosterProblem) -> RosterPlan:
        return solve_in_child(
            problem, time_limit_s=time_limit, workers=workers, seed=seed, iterations=moves
        )

    if target.endswith(".json"):
        if out is None:
            raise click.UsageError(text(message("A problem file needs --out ROSTER.json.")))
        problem, skills = read_problem(existing_file(target)), {}
        plan = solve(problem)
        notes = unmet_notes(problem, plan)
    else:
        with open_centre(target) as workspace:
            horizon = horizon_of(workspace, week or "next")
            problem = workspace.rosters.build_problem(horizon)
            plan = solve(problem)
            notes = workspace.rosters.accept_plan(problem, plan).notes
            centre = workspace.week_state(horizon).centre
            skills = {skill.key: skill.name for skill in centre.skills}
    if out is not None:
        from wfm.publishing import write_atomically

        write_atomically(Path(out), dump_document(plan, ROSTER_FORMAT).encode())
    for note in (*notes, *shortage_notes(plan, skills)):
        say(note)
    report_plan(plan, as_json=as_json)


def unmet_notes(problem: RosterProblem, plan: RosterPlan) -> tuple[Message, ...]:
    """Return what nobody could fulfil, and which rules are broken for whom."""
    from wfm.rules import check
    from wfm.services.plan_faults import skill_faults
    from wfm.services.unmet import centre_notes, rule_notes

    return (
        *skill_faults(problem, {}),
        *rule_notes(problem, check(problem, plan.duties)),
        *centre_notes(problem, plan.unmet),
    )


def report_plan(plan: RosterPlan, *, as_json: bool) -> None:
    """Print objective, bound and gap of a plan."""
    if as_json:
        print_json(
            {
                "status": plan.status,
                "duties": len(plan.duties),
                "objective": plan.objective,
                "lower_bound": plan.lower_bound,
                "gap": plan.gap,
                "seconds": round(plan.seconds, 2),
                "unmet": len(plan.unmet),
            }
        )
        return
    say(
        message(
            "{count} duty, cost {objective}; no roster costs less than {bound} (gap {gap} %).",
            plural="{count} duties, cost {objective}; no roster costs less than {bound}"
            " (gap {gap} %).",
            count=len(plan.duties),
            objective=f"{plan.objective:,.1f}",
            bound=f"{plan.lower_bound:,.1f}",
            gap=f"{plan.gap * 100:.1f}",
        )
    )


@click.command(
    "check",
    help=text(
        message("List every rule that a roster breaks. Exit status 1 if any hard rule is broken.")
    ),
)
@click.argument("problem")
@click.argument("roster")
@click.option("--json", "as_json", is_flag=True, help=text(message("Print the result as JSON.")))
def check_command(problem: str, roster: str, as_json: bool) -> None:
    """Check a roster document against its problem document."""
    from wfm.rules import check
    from wfm.rules.centre import check_centre

    stated = read_problem(existing_file(problem))
    plan = load_document(read_text(existing_file(roster)), RosterPlan, ROSTER_FORMAT, roster)
    if plan.horizon.dates != stated.horizon.dates:
        raise WfmError(
            message(
                "{roster} belongs to another problem: it plans {days} days from {first}, {problem}"
                " {wanted} days from {start}.",
                roster=roster,
                problem=problem,
                days=plan.horizon.days,
                first=plan.horizon.start,
                wanted=stated.horizon.days,
                start=stated.horizon.start,
            )
        )
    violations, together = check(stated, plan.duties), check_centre(stated, plan.duties)
    hard = sum(item.hard for item in violations)
    if as_json:
        print_json(_checked(stated, violations, together))
    else:
        _list_checked(stated, violations, together)
        say(
            message(
                "{count} hard violation; wishes and soft rules not met: {soft}.",
                plural="{count} hard violations; wishes and soft rules not met: {soft}.",
                count=hard,
                soft=len(violations) - hard + len(together),
            )
        )
    if hard:
        raise click.exceptions.Exit(1)


def _checked(
    problem: RosterProblem, violations: Sequence[Violation], together: Sequence[CentreBreach]
) -> dict[str, object]:
    from wfm.rules import sentence
    from wfm.rules.centre import centre_sentence

    hard = sum(item.hard for item in violations)
    return {
        "hard": hard,
        "soft": len(violations) - hard,
        "violations": [_entry(item, text(sentence(item, problem))) for item in violations],
        "centre": [
            _centre_entry(item, text(centre_sentence(item.unmet, problem))) for item in together
        ],
    }


def _list_checked(
    problem: RosterProblem, violations: Sequence[Violation], together: Sequence[CentreBreach]
) -> None:
    from wfm.rules import sentence
    from wfm.rules.centre import centre_sentence

    names = {agent.key: agent.name or agent.key for agent in problem.agents}
    for item in violations:
        mark = "✗" if item.hard else "·"
        click.echo(f"{mark} {names.get(item.agent, item.agent)}: {text(sentence(item, problem))}")
    for breach in together:
        click.echo(f"· {text(centre_sentence(breach.unmet, problem))}")


def _centre_entry(item: CentreBreach, words: str) -> dict[str, object]:
    found = item.unmet
    return {
        "rule": "" if found.rule is None else found.rule.key,
        "agents": list(item.agents),
        "day": None if found.day is None else str(found.day),
        "start": found.start,
        "end": found.end,
        "amount": found.amount,
        "cost": item.cost,
        "text": words,
    }


def _entry(item: Violation, words: str) -> dict[str, object]:
    return {
        "agent": item.agent,
        "rule": item.rule.key,
        "severity": item.rule.severity,
        "days": list(item.days),
        "amount": item.amount,
        "hard": item.hard,
        "cost": item.cost,
        "text": words,
    }
