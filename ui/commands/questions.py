"""`toban why-not | explain`: what a wish would cost, which rules conflict, and what would help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from ui.commands.asked import (
    PERSON,
    json_option,
    limits,
    person_key,
    plain_effect,
    show_effect,
    week_option,
)
from ui.commands.console import horizon_of, open_centre, print_json, say, text
from wfm.messages import message
from wfm.model.run import WishedDay
from wfm.model.time import parse_clock, parse_date

if TYPE_CHECKING:
    from wfm.services.relaxing import Focus, Priced
    from wfm.services.unlawful import Unlawful
    from wfm.services.whatif import WhyNot


@click.command(
    "why-not",
    help=text(
        message(
            "Why is somebody's day not as wished? Answers with the rule that forbids it (exit"
            " status 1), or with what it costs and whom it concerns."
        )
    ),
)
@click.argument("centre")
@week_option
@click.option("--agent", required=True, help=PERSON)
@click.option("--day", required=True, help=text(message("The day (2026-12-01).")))
@click.option("--off", "kind", flag_value="off", help=text(message("Does not work that day.")))
@click.option("--work", "kind", flag_value="work", help=text(message("Works that day.")))
@click.option("--shift", help=text(message("Works a shift of this kind (its key).")))
@click.option("--start", help=text(message("Starts at this time (9:00).")))
@limits(3.0)
@json_option
def why_not_command(
    centre: str,
    week: str,
    agent: str,
    day: str,
    kind: str | None,
    shift: str | None,
    start: str | None,
    time_limit: float,
    workers: int,
    seed: int,
    moves: int,
    as_json: bool,
) -> None:
    """Answer one question."""
    from solver.conflicts import conflict
    from ui.commands.solving import solver_here

    if sum(item is not None for item in (kind, shift, start)) != 1:
        raise click.UsageError(text(message("Say one of --off, --work, --shift, --start.")))
    date_asked = parse_date(day)
    minute = None if start is None else parse_clock(start)
    what = kind or ("shift" if shift is not None else "start")
    with open_centre(centre, read_only=True) as workspace:
        horizon = horizon_of(workspace, week)
        wished = WishedDay(person_key(workspace, agent), date_asked, what, shift or "", minute)
        prepared = workspace.rosters.questions.prepare(horizon, wished)
        found = workspace.rosters.questions.answer(
            prepared,
            solver_here(time_limit, workers=workers, seed=seed, iterations=moves),
            conflict,
        )
    names = {item.key: item.name or item.key for item in prepared.problem.agents}
    if as_json:
        print_json(_plain(found))
    else:
        _show(found, names)
    if not found.possible:
        raise click.exceptions.Exit(1)


def _show(found: WhyNot, names: dict[str, str]) -> None:
    if found.already:
        click.echo(text(message("It is so already.")))
        return
    if not found.possible:
        click.echo(text(message("It cannot be, while all of this holds:")))
        for reason in found.reasons:
            click.echo(f"  {text(reason)}")
        return
    assert found.effect is not None
    show_effect(found.effect, names)
    if found.proven:
        say(message("No way to grant it costs less."))
    say(message("Answered in {seconds} s.", seconds=f"{found.seconds:.1f}"))


def _plain(found: WhyNot) -> dict[str, Any]:
    return {
        "possible": found.possible,
        "already": found.already,
        "reasons": [text(reason) for reason in found.reasons],
        "rules": [item.rule.key for item in found.conflict],
        "others": list(found.others),
        "effect": None if found.effect is None else plain_effect(found.effect),
        "proven": found.proven,
        "seconds": found.seconds,
    }


@click.command(
    "explain",
    help=text(
        message(
            "Who has no lawful week and which rules conflict (exit status 1 if anybody). With"
            " --prices also what could give way, and what each would save or cost."
        )
    ),
)
@click.argument("centre")
@week_option
@click.option("--agent", help=PERSON)
@click.option("--prices", is_flag=True, help=text(message("Price what could give way.")))
@click.option("--day", help=text(message("The day in question (default: where most is missing).")))
@click.option("--time", "clock", help=text(message("The time in question (12:00).")))
@click.option("--skill", help=text(message("The skill in question (its key).")))
@limits(3.0)
@json_option
def explain_command(
    centre: str,
    week: str,
    agent: str | None,
    prices: bool,
    day: str | None,
    clock: str | None,
    skill: str | None,
    time_limit: float,
    workers: int,
    seed: int,
    moves: int,
    as_json: bool,
) -> None:
    """Explain a week."""
    from solver.conflicts import conflict
    from ui.commands.solving import solver_here

    parts = (day, clock, skill)
    if any(parts) and not all(parts):
        raise click.UsageError(text(message("Name --day, --time and --skill together.")))
    with open_centre(centre, read_only=True) as workspace:
        horizon = horizon_of(workspace, week)
        key = "" if agent is None else person_key(workspace, agent)
        questions = workspace.rosters.questions
        unlawful = questions.unlawful(horizon, conflict, key)
        focus = _focus(day, clock, skill, horizon.slot_minutes)
        situation = questions.situation(horizon, focus) if prices else None
    priced = None
    if situation is not None:
        solve = solver_here(time_limit, workers=workers, seed=seed, iterations=moves)
        priced = questions.price(situation, solve, lambda _done, _total, what: say(what))
    if as_json:
        print_json(_plain_explanation(unlawful, priced))
    else:
        _show_explanation(unlawful, priced)
    if unlawful:
        raise click.exceptions.Exit(1)


def _focus(day: str | None, clock: str | None, skill: str | None, slot: int) -> Focus | None:
    from wfm.services.relaxing import Focus

    if day is None or clock is None or skill is None:
        return None
    start = parse_clock(clock)
    return Focus(parse_date(day), start, start + slot, skill)


def _show_explanation(unlawful: Sequence[Unlawful], priced: Priced | None) -> None:
    from wfm.services.relaxing import price_words

    for item in unlawful:
        click.echo(text(message("{name} has no lawful week while all of this holds:",
                                name=item.name)))  # fmt: skip
        for reason in item.reasons:
            click.echo(f"  {text(reason)}")
    if not unlawful:
        say(message("Everybody has a lawful week."))
    if priced is None:
        return
    for price in priced.prices:
        click.echo(text(price_words(price)))
    if priced.accept:
        click.echo(text(message("Or accept what is missing:")))
    for note in priced.accept:
        click.echo(f"  {text(note)}")
    if priced.limit is not None:
        click.echo(text(message("What limits the roster most: {what}",
                                what=priced.limit.relaxation.text)))  # fmt: skip
    say(
        message(
            "{count} tried in {seconds} s; a longer search can find more.",
            count=len(priced.prices),
            seconds=f"{priced.seconds:.0f}",
        )
    )


def _plain_explanation(unlawful: Sequence[Unlawful], priced: Priced | None) -> dict[str, Any]:
    data: dict[str, Any] = {
        "unlawful": [
            {
                "agent": item.agent,
                "rules": [rule.rule.key for rule in item.conflict],
                "reasons": [text(reason) for reason in item.reasons],
            }
            for item in unlawful
        ]
    }
    if priced is not None:
        data["accept"] = [text(note) for note in priced.accept]
        data["limit"] = None if priced.limit is None else text(priced.limit.relaxation.text)
        data["seconds"] = priced.seconds
        data["prices"] = [
            {
                "family": price.relaxation.family,
                "text": text(price.relaxation.text),
                "gain_hours": price.gain_hours,
                "proven_hours": price.proven_hours,
                "short_hours": price.short_hours,
                "surplus_hours": price.surplus_hours,
                "people": price.people,
                "seconds": price.seconds,
                "failure": None if price.failure is None else text(price.failure),
            }
            for price in priced.prices
        ]
    return data
