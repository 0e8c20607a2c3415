"""`toban repair | alternatives | runs …`: runs on part of a roster, for other aims, and records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from ui.commands.asked import (
    json_option,
    limits,
    person_day,
    person_key,
    plain_changes,
    show_changes,
    week_option,
)
from ui.commands.console import horizon_of, open_centre, print_json, say, text
from wfm.messages import message
from wfm.model.codec import to_json
from wfm.model.request import AgentDay
from wfm.model.run import RUN_NAMES, RUN_PARTS, RunRequest, careful, lightly
from wfm.model.time import Horizon, format_iso_week, parse_date

if TYPE_CHECKING:
    from wfm.analysis.difference import RosterDifference
    from wfm.model.problem import RosterProblem
    from wfm.model.roster import RosterPlan
    from wfm.model.site import RunRecord
    from wfm.services.proposing import PreparedBuild, Proposal
    from wfm.services.repair import CurvePoint
    from wfm.services.rostering import Solve
    from wfm.workspace import Workspace

ACCEPT = text(message("Make the result the roster of the week."))


@click.command(
    "repair",
    help=text(
        message(
            "Repair a week's roster: people absent, part of the days or people, few changes. Prints"
            " what it would change; with --accept it is kept."
        )
    ),
)
@click.argument("centre")
@week_option
@click.option(
    "--absent", multiple=True,
    help=text(message("Who is absent when, as NAME:2026-12-01; may be repeated.")),
)  # fmt: skip
@click.option("--from", "first", help=text(message("First day that may change (2026-12-01).")))
@click.option("--to", "last", help=text(message("Last day that may change.")))
@click.option("--agent", "agents", multiple=True,
              help=text(message("Only these people may change; may be repeated.")))  # fmt: skip
@click.option("--only", "part", type=click.Choice(list(RUN_PARTS)), default="everything",
              show_default=True, help=text(message("What may change.")))  # fmt: skip
@click.option("--people", type=click.IntRange(min=0),
              help=text(message("At most so many people affected.")))  # fmt: skip
@click.option("--notice", type=click.IntRange(0, 366), default=0, show_default=True,
              help=text(message("Nobody's next days are changed, so many of them.")))  # fmt: skip
@click.option("--curve", is_flag=True,
              help=text(message("Show what more people affected would buy.")))  # fmt: skip
@click.option("--accept", is_flag=True, help=ACCEPT)
@limits(10.0)
@json_option
def repair_command(
    centre: str, week: str, absent: tuple[str, ...], first: str | None, last: str | None,
    agents: tuple[str, ...], part: str, people: int | None, notice: int, curve: bool,
    accept: bool, time_limit: float, workers: int, seed: int, moves: int, as_json: bool,
) -> None:  # fmt: skip
    """Repair a week."""
    from ui.commands.solving import solve_in_child, solver_here

    with open_centre(centre, read_only=not accept) as workspace:
        horizon = horizon_of(workspace, week)
        scope = replace(
            (lightly if curve else careful)(horizon.slot_minutes),
            first=None if first is None else parse_date(first),
            last=None if last is None else parse_date(last),
            agents=tuple(person_key(workspace, name) for name in agents),
            part=part,
            people=people,
            notice_days=notice,
        )
        absences = tuple(AgentDay(*person_day(workspace, item)) for item in absent)
        prepared = workspace.rosters.runs.prepare(
            horizon, RunRequest(scope, absences, purpose="repair")
        )
        if curve:
            solve = solver_here(time_limit, workers=workers, seed=seed, iterations=moves)
            _show_curve(prepared, solve, as_json=as_json)
            return
        plan = solve_in_child(
            prepared.to_solve,
            time_limit_s=time_limit,
            workers=workers,
            seed=seed,
            iterations=moves,
        )
        proposal = workspace.rosters.runs.propose(prepared, plan)
        if accept:
            workspace.rosters.runs.accept(proposal)
    names = _names(prepared.problem)
    if as_json:
        print_json(_plain_proposal(proposal, accepted=accept))
        return
    _show_difference(proposal.difference, names)
    if accept:
        say(message("The roster of {week} was kept.", week=format_iso_week(horizon.start)))


def _show_curve(prepared: PreparedBuild, solve: Solve, *, as_json: bool) -> None:
    from wfm.services.repair import disruption_curve

    points = disruption_curve(
        prepared.to_solve,
        prepared.problem,
        solve,
        on_step=lambda _done, _total, what: say(what),
    )
    if as_json:
        print_json({"points": [_plain_point(point) for point in points]})
        return
    for point in points:
        click.echo(
            text(
                message(
                    "{limit}: {people} people, {shifts} shifts, {breaks} breaks changed;"
                    " {short} agent-hours short, {surplus} surplus",
                    limit="–" if point.limit is None else f"≤ {point.limit}",
                    people=point.people,
                    shifts=point.shifts,
                    breaks=point.breaks,
                    short=f"{point.short_hours:g}",
                    surplus=f"{point.surplus_hours:g}",
                )
            )
        )


def _plain_point(point: CurvePoint) -> dict[str, Any]:
    return {
        "limit": point.limit,
        "people": point.people,
        "shifts": point.shifts,
        "breaks": point.breaks,
        "cost": point.cost,
        "short_hours": point.short_hours,
        "surplus_hours": point.surplus_hours,
        "proven": point.proven,
    }


@click.command(
    "alternatives",
    help=text(
        message(
            "Up to three rosters of a week side by side: cheapest, most wishes, least change. Each"
            " is kept as a run; --accept NAME makes one the roster."
        )
    ),
)
@click.argument("centre")
@week_option
@click.option("--accept", type=click.Choice(["cheapest", "wishes", "least_change"]), help=ACCEPT)
@limits(30.0)
@json_option
def alternatives_command(
    centre: str, week: str, accept: str | None, time_limit: float, workers: int, seed: int,
    moves: int, as_json: bool,
) -> None:  # fmt: skip
    """Solve a week under three orders of its aims."""
    from ui.commands.solving import solve_in_child

    found: list[tuple[RunRecord, Proposal]] = []
    with open_centre(centre) as workspace:
        horizon = horizon_of(workspace, week)
        for request in workspace.rosters.runs.alternatives():
            say(RUN_NAMES[request.purpose])
            prepared = workspace.rosters.runs.prepare(horizon, request)
            plan = solve_in_child(
                prepared.to_solve,
                time_limit_s=time_limit,
                workers=workers,
                seed=seed,
                iterations=moves,
            )
            proposal = workspace.rosters.runs.propose(prepared, plan)
            key = workspace.rosters.runs.keep(proposal)
            found.append((workspace.rosters.runs.record(key), proposal))
        for record, proposal in found:
            if record.request.purpose == accept:
                workspace.rosters.runs.accept(proposal)
    if as_json:
        print_json({"alternatives": [_plain_run(record) for record, _ in found]})
        return
    for record, proposal in found:
        _show_run(record)
        changed = len(proposal.difference.agents)
        click.echo(
            "  " + text(message("{count} person has other duties than now",
                                plural="{count} people have other duties than now", count=changed))
        )  # fmt: skip


@click.group("runs", help=text(message("Runs of the solver: list, show, compare, repeat.")))
def runs_command() -> None:
    """Group of what can be done with runs."""


@runs_command.command("list", help=text(message("List the runs of a week, the newest first.")))
@click.argument("centre")
@week_option
@json_option
def list_command(centre: str, week: str, as_json: bool) -> None:
    """List runs."""
    with open_centre(centre, read_only=True) as workspace:
        found = workspace.rosters.runs.all(horizon_of(workspace, week))
    if as_json:
        print_json({"runs": [_plain_run(record) for record in found]})
        return
    for record in found:
        _show_run(record)
    if not found:
        say(message("There is no run of this week yet."))


@runs_command.command("show", help=text(message("Show a run and what it changes of the roster.")))
@click.argument("centre")
@click.argument("key")
@json_option
def show_command(centre: str, key: str, as_json: bool) -> None:
    """Show one run."""
    with open_centre(centre, read_only=True) as workspace:
        record = workspace.rosters.runs.record(key)
        now = workspace.week_state(_horizon(workspace, record)).centre
    from wfm.analysis import agents_changed

    agents = agents_changed(now.roster.duties, record.duties or ())
    if as_json:
        print_json({**_plain_run(record), "inputs": _inputs(record),
                    "changes": plain_changes(agents)})  # fmt: skip
        return
    _show_run(record)
    for name, value in {**record.settings, **record.weights, **record.versions}.items():
        click.echo(f"  {name}: {value}")
    show_changes(agents, {agent.key: agent.name for agent in now.agents})


@runs_command.command("compare", help=text(message("Show what two runs of a week have different.")))
@click.argument("centre")
@click.argument("one")
@click.argument("other")
@json_option
def compare_command(centre: str, one: str, other: str, as_json: bool) -> None:
    """Compare two runs."""
    with open_centre(centre, read_only=True) as workspace:
        found = workspace.rosters.runs.compare(one, other)
        horizon = _horizon(workspace, found.one)
        names = {agent.key: agent.name for agent in workspace.week_state(horizon).centre.agents}
    if as_json:
        print_json(
            {
                "inputs": [text(note) for note in found.inputs],
                "figures": {item.key: [item.one, item.other] for item in found.figures},
                "changes": plain_changes(found.agents),
            }
        )
        return
    for note in found.inputs:
        click.echo(text(note))
    for item in found.figures:
        values = ["–" if value is None else f"{value:g}" for value in (item.one, item.other)]
        click.echo(f"{text(item.name)}: {values[0]} → {values[1]}")
    show_changes(found.agents, names)


@runs_command.command(
    "repeat",
    help=text(
        message("Make a run once more and say whether the roster is the same (exit status 1: no).")
    ),
)
@click.argument("centre")
@click.argument("key")
@json_option
def repeat_command(centre: str, key: str, as_json: bool) -> None:
    """Repeat a run."""
    with open_centre(centre, read_only=True) as workspace:
        found = workspace.rosters.runs.repeat(key, _again)
    if as_json:
        print_json({"same": found.same, "changes": plain_changes(found.agents),
                    "reasons": [text(reason) for reason in found.reasons]})  # fmt: skip
    else:
        for reason in found.reasons:
            say(reason)
        if found.same:
            click.echo(text(message("The same roster came out again.")))
        else:
            click.echo(text(message("Another roster came out:")))
            show_changes(found.agents, {})
    if not found.same:
        raise click.exceptions.Exit(1)


def _again(problem: RosterProblem, settings: Mapping[str, int]) -> RosterPlan:
    from ui.commands.solving import solve_in_child

    return solve_in_child(
        problem,
        time_limit_s=float(settings.get("time_limit_s", 60)),
        workers=settings.get("workers", 2),
        seed=settings.get("seed", 1),
        iterations=settings.get("iterations", 0),
    )


# --- words ---------------------------------------------------------------------------------------


def _horizon(workspace: Workspace, record: RunRecord) -> Horizon:
    site = workspace.site
    return Horizon(record.horizon_start, record.days, site.slot_minutes, site.zone)


def _names(problem: RosterProblem) -> dict[str, str]:
    return {agent.key: agent.name or agent.key for agent in problem.agents}


def _show_difference(found: RosterDifference, names: Mapping[str, str]) -> None:
    click.echo(
        text(
            message(
                "Agent-hours short {before} → {after}, surplus {old} → {new}",
                before=f"{found.before.short_hours:g}",
                after=f"{found.after.short_hours:g}",
                old=f"{found.before.surplus_hours:g}",
                new=f"{found.after.surplus_hours:g}",
            )
        )
    )
    show_changes(found.agents, names)


def _show_run(record: RunRecord) -> None:
    from wfm.analysis.kpis import KPI_NAMES

    made = (
        datetime.fromisoformat(record.made_at).strftime("%Y-%m-%d %H:%M") if record.made_at else ""
    )
    mark = "✓" if record.accepted else " "
    figures = ", ".join(
        f"{text(name)} {record.figures[key]:g}"
        for key, name in KPI_NAMES.items()
        if key in record.figures
    )
    click.echo(f"{mark} {record.key}  {text(RUN_NAMES[record.request.purpose])}  {made}")
    click.echo(f"  {figures}")


def _plain_run(record: RunRecord) -> dict[str, Any]:
    return {
        "key": record.key,
        "purpose": record.request.purpose,
        "accepted": record.accepted,
        "made_at": record.made_at,
        "made_by": record.made_by,
        "status": record.status,
        "objective": record.objective,
        "lower_bound": record.lower_bound,
        "seconds": record.seconds,
        "settings": record.settings,
        "versions": record.versions,
        "figures": record.figures,
    }


def _inputs(record: RunRecord) -> dict[str, Any]:
    return {
        "problem_hash": record.problem_hash,
        "week_hash": record.week_hash,
        "request": to_json(record.request),
        "rule_set": record.rule_set,
        "rules": record.rules,
        "weights": record.weights,
    }


def _plain_proposal(proposal: Proposal, *, accepted: bool) -> dict[str, Any]:
    difference = proposal.difference
    return {
        "accepted": accepted,
        "before": to_json(difference.before),
        "after": to_json(difference.after),
        "people": sum(
            any(change.what != "breaks" for change in item.changes) for item in difference.agents
        ),
        "changes": plain_changes(difference.agents),
        "status": proposal.plan.status,
    }
