"""`toban staff`: required staff of a centre's week, or of one interval by its numbers."""

from __future__ import annotations

import click

from ui.commands.console import horizon_of, interval_start, open_centre, print_json, say, text
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.workload import SERVICE_LEVEL_DEFINITIONS, Goal

MODELS = ("erlang-c", "erlang-a")
LABELS = {
    "agents": message("Agents required"),
    "agents_with_shrinkage": message("… with shrinkage"),
    "offered_erlangs": message("Traffic (Erlang)"),
    "service_level": message("Service level"),
    "answer_rate": message("Answer rate"),
    "asa_s": message("Average speed of answer (s)"),
    "occupancy": message("Occupancy"),
    "wait_probability": message("Probability of waiting"),
}


@click.command(
    "staff",
    help=text(
        message(
            "Required staff. With CENTRE: of a week, from its forecast. Without: of one interval,"
            " from --model, --volume and --aht."
        )
    ),
)
@click.argument("centre", required=False)
@click.option("--week", help=text(message("ISO week (2026-W49) or “next”.")))
@click.option("--model", type=click.Choice(MODELS), help=text(message("Queueing model.")))
@click.option("--volume", type=float, help=text(message("Contacts in the interval.")))
@click.option("--interval-min", type=float, help=text(message("Length of the interval, minutes.")))
@click.option("--aht", type=float, help=text(message("Average handle time (AHT), seconds.")))
@click.option("--patience", type=float, help=text(message("Mean patience, seconds (Erlang A).")))
@click.option("--service-level", type=float, help=text(message("Share to answer in time: 0.8.")))
@click.option("--threshold", type=float, help=text(message("Seconds that count as in time: 20.")))
@click.option(
    "--definition",
    type=click.Choice(SERVICE_LEVEL_DEFINITIONS),
    default=SERVICE_LEVEL_DEFINITIONS[0],
    show_default=True,
    help=text(message("What the service level counts.")),
)
@click.option("--asa", type=float, help=text(message("Longest average speed of answer, seconds.")))
@click.option("--answer-rate", type=float, help=text(message("Share of contacts answered: 0.95.")))
@click.option(
    "--shrinkage", type=float, default=0.0, help=text(message("Share of paid time lost."))
)
@click.option(
    "--max-occupancy", type=float, default=1.0, help=text(message("Highest occupancy: 0.85."))
)
@click.option(
    "--explain", is_flag=True, help=text(message("Say how the busiest interval's number came."))
)
@click.option("--json", "as_json", is_flag=True, help=text(message("Print the result as JSON.")))
def staff_command(
    centre: str | None,
    week: str | None,
    model: str | None,
    volume: float | None,
    interval_min: float | None,
    aht: float | None,
    patience: float | None,
    service_level: float | None,
    threshold: float | None,
    definition: str,
    asa: float | None,
    answer_rate: float | None,
    shrinkage: float,
    max_occupancy: float,
    explain: bool,
    as_json: bool,
) -> None:
    """Dispatch to the centre's week or to the stand-alone calculation."""
    if centre is not None:
        if model is not None or volume is not None:
            raise click.UsageError(text(message("Give either CENTRE and --week, or --model.")))
        staff_centre(centre, week or "next", explain=explain, as_json=as_json)
        return
    if model is None or volume is None or interval_min is None or aht is None:
        raise click.UsageError(
            text(message("Without CENTRE, give --model, --volume, --interval-min and --aht."))
        )
    goals = _goals(model, service_level, threshold, definition, asa, answer_rate)
    if model == "erlang-a" and patience is None:
        raise click.UsageError(text(message("Erlang A needs --patience.")))
    if not 0 <= shrinkage < 1 or not 0 < max_occupancy <= 1:
        raise click.UsageError(text(message("--shrinkage and --max-occupancy are shares: 0.3.")))
    if volume < 0 or aht < 0 or interval_min <= 0 or (patience is not None and patience <= 0):
        raise click.UsageError(text(message("Volume, times and patience cannot be negative.")))
    staff_interval(
        model, volume, interval_min, aht, patience, goals, shrinkage, max_occupancy, as_json
    )


def _goals(
    model: str,
    service_level: float | None,
    threshold: float | None,
    definition: str,
    asa: float | None,
    answer_rate: float | None,
) -> tuple[Goal, ...]:
    """Return the goals the options name; wrong combinations are usage errors."""
    goals = []
    try:
        if service_level is not None:
            if threshold is None:
                raise click.UsageError(text(message("--service-level needs --threshold.")))
            goals.append(Goal("service_level", service_level, threshold, definition))
        if asa is not None:
            goals.append(Goal("asa", asa))
        if answer_rate is not None:
            if model == "erlang-c":
                raise click.UsageError(
                    text(
                        message(
                            "In Erlang C nobody gives up, so an answer rate means nothing:"
                            " use --model erlang-a --patience S."
                        )
                    )
                )
            goals.append(Goal("answer_rate", answer_rate))
    except WfmError as error:
        raise click.UsageError(text(error.message)) from None
    if not goals:
        raise click.UsageError(
            text(message("Name a goal: --service-level with --threshold, --asa or --answer-rate."))
        )
    return tuple(goals)


def staff_interval(
    model: str,
    volume: float,
    interval_min: float,
    aht: float,
    patience: float | None,
    goals: tuple[Goal, ...],
    shrinkage: float,
    max_occupancy: float,
    as_json: bool,
) -> None:
    """Print the fewest agents that meet the goals, and what to expect of them."""
    from wfm.staffing import staff

    result = staff(
        model=model,
        volume=volume,
        interval_min=interval_min,
        aht_s=aht,
        patience_s=patience,
        goals=goals,
        shrinkage=shrinkage,
        max_occupancy=max_occupancy,
    )
    state = result.performance
    numbers: dict[str, float] = {
        "agents": result.agents,
        "agents_with_shrinkage": result.agents_with_shrinkage,
        "offered_erlangs": state.offered_erlangs,
        "service_level": state.service_level,
        "answer_rate": state.answer_rate,
        "asa_s": state.asa_s,
        "occupancy": state.occupancy,
        "wait_probability": state.wait_probability,
    }
    if as_json:
        print_json(numbers)
        return
    for key, label in LABELS.items():
        value = numbers[key]
        shown = str(value) if isinstance(value, int) else f"{value:,.4f}"
        click.echo(f"{text(label)}: {shown}")


def staff_centre(location: str, week: str, *, explain: bool, as_json: bool) -> None:
    """Compute, keep and print the required staff of a centre's week."""
    with open_centre(location) as workspace:
        horizon = horizon_of(workspace, week)
        requirements = workspace.demand.staff_week(horizon)
        stories = workspace.demand.explain_peaks(horizon) if explain else {}
    hours = horizon.slot_minutes / 60
    if as_json:
        print_json(
            {
                "week": str(horizon.start),
                "queues": [
                    {
                        "queue": item.queue,
                        "skill": item.skill,
                        "explained": [text(step) for step in stories.get(item.queue, ())],
                        "agent_hours": round(float(item.agents.sum()) * hours, 2),
                        "rostered_hours": round(float(item.rostered.sum()) * hours, 2),
                        "peak": round(float(item.rostered.max()), 2),
                        "intervals": [
                            {
                                "interval_start": interval_start(horizon, slot),
                                "agents": float(item.agents[slot]),
                                "rostered": round(float(item.rostered[slot]), 4),
                            }
                            for slot in range(horizon.slots)
                            if item.agents[slot] > 0
                        ],
                    }
                    for item in requirements
                ],
            }
        )
        return
    for item in requirements:
        peak = int(item.rostered.argmax())
        say(
            message(
                "{queue}: {hours} agent-hours, most at {time}: {agents} agents",
                queue=item.queue,
                hours=f"{float(item.rostered.sum()) * hours:,.1f}",
                time=interval_start(horizon, peak).replace("T", " "),
                agents=f"{float(item.rostered[peak]):.1f}",
            )
        )
        for step in stories.get(item.queue, ()):
            click.echo(f"    {text(step)}")
