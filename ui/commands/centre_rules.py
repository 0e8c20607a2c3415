"""`toban centre-rules`: what ties the people of a centre together."""

from __future__ import annotations

import dataclasses
from typing import Any

import click

from ui.commands.asked import json_option
from ui.commands.console import open_centre, print_json, say, text
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.codec import to_json
from wfm.model.time import parse_clock
from wfm.rules.centre import CENTRE_TERMS, CentreTerm, term_named
from wfm.services.centre_rules import CentreRulesView, CentreRuleView
from wfm.workspace import Workspace


@click.command(
    "centre-rules",
    help=text(
        message(
            "List the rules of a centre as a whole: minimum staff, supervisors, seats, pairs, fair"
            " shares. --add, --change and --remove change them; --kinds says what there is to set."
        )
    ),
)
@click.argument("centre")
@click.option("--add", help=text(message("Add a rule of this kind (see --kinds).")))
@click.option("--change", help=text(message("Change the rule of this key.")))
@click.option("--remove", help=text(message("Remove the rule of this key.")))
@click.option(
    "--set", "settings", multiple=True,
    help=text(message("A value of the rule, as count=2; may be repeated.")),
)  # fmt: skip
@click.option("--kinds", is_flag=True, help=text(message("List the kinds of rules and values.")))
@json_option
def centre_rules_command(
    centre: str,
    add: str | None,
    change: str | None,
    remove: str | None,
    settings: tuple[str, ...],
    kinds: bool,
    as_json: bool,
) -> None:
    """Show or change the rules of a centre."""
    chosen = [item for item in (add, change, remove) if item is not None]
    if len(chosen) > 1 or (settings and not (add or change)):
        raise click.UsageError(
            text(message("--set goes with one of --add and --change; one change at a time."))
        )
    with open_centre(centre, read_only=not chosen) as workspace:
        if kinds:
            list_kinds(as_json=as_json)
            return
        if add is not None:
            write(workspace, term_named(add), None, settings)
        elif change is not None:
            found = rule_of(workspace, change)
            if found.term is None:
                raise WfmError(found.fault or found.summary)
            write(workspace, found.term, found, settings)
        elif remove is not None:
            workspace.settings.remove_centre_rule(rule_of(workspace, remove).stored)
        list_rules(workspace.settings.read().centre_rules, as_json=as_json)


def rule_of(workspace: Workspace, key: str) -> CentreRuleView:
    """Return a stored rule; raises with the keys that there are."""
    rules = workspace.settings.read().centre_rules.rules
    for item in rules:
        if item.stored.key == key:
            return item
    known = ", ".join(item.stored.key for item in rules) or "–"
    raise WfmError(message("There is no rule “{key}”; there are: {keys}.", key=key, keys=known))


def write(
    workspace: Workspace,
    base: CentreTerm | type[CentreTerm],
    found: CentreRuleView | None,
    settings: tuple[str, ...],
) -> None:
    """Store a rule with some values set."""
    view = workspace.settings.read().centre_rules
    term = base if isinstance(base, type) else type(base)
    values = dict(read_setting(term, view, item) for item in settings)
    made = base(**values) if isinstance(base, type) else dataclasses.replace(base, **values)
    seen = None if found is None else found.stored
    outcome = workspace.settings.change_centre_rule(
        made, key="" if seen is None else seen.key, seen=seen
    )
    for note in outcome.notes:
        say(note)


def read_setting(term: type[CentreTerm], view: CentreRulesView, item: str) -> tuple[str, Any]:
    """Return name and value of ``name=value``; queues, teams and people may be named."""
    name, _, written = item.partition("=")
    fields = {field.name: field for field in dataclasses.fields(term)}
    if name not in fields:
        raise WfmError(
            message("“{rule}” has no value “{name}”; it has: {names}.", rule=term.label, name=name,
                    names=", ".join(fields))
        )  # fmt: skip
    for named, known in (
        (term.queue_fields, view.queues),
        (term.team_fields, view.teams),
        (term.agent_fields, view.agents),
    ):
        if name in named:
            return name, next((key for key, words in known if written == words), written)
    metadata = fields[name].metadata
    if "choices" in metadata:
        keys = [key for key, _ in metadata["choices"]]
        if written not in keys:
            raise WfmError(
                message("{name} is one of {keys}, not “{value}”.", name=name, keys=", ".join(keys),
                        value=written)
            )  # fmt: skip
        return name, written
    return name, read_number(name, written, metadata)


def read_number(name: str, written: str, metadata: Any) -> int | None:
    """Return a whole number, or the minutes of a time of day or length of time."""
    timed = metadata.get("form") in {"clock", "length"}
    if timed and not written:
        return None
    try:
        number = parse_clock(written) if timed else int(written)
    except (ValueError, WfmError):
        number = metadata["low"] - 1
    if not metadata["low"] <= number <= metadata["high"]:
        raise WfmError(
            message(
                "{name} lies between {low} and {high}, not “{value}”.",
                name=name, low=metadata["low"], high=metadata["high"], value=written,
            )
        )  # fmt: skip
    return number


def list_rules(view: CentreRulesView, *, as_json: bool) -> None:
    """Print the rules in words."""
    if as_json:
        print_json(
            {
                "rules": [
                    {
                        "key": item.stored.key,
                        "kind": item.stored.rule,
                        "values": {} if item.term is None else to_json(item.term),
                        "text": text(item.summary),
                        "fault": None if item.fault is None else text(item.fault),
                    }
                    for item in view.rules
                ]
            }
        )
        return
    for item in view.rules:
        click.echo(f"{item.stored.key}. {text(item.summary)}")
        if item.fault is not None:
            click.echo(f"   ✗ {text(item.fault)}")
    if not view.rules:
        say(message("This centre has no rules that tie its people together."))


def list_kinds(*, as_json: bool) -> None:
    """Print the kinds of rules and what can be set of each."""
    if as_json:
        print_json(
            {
                "kinds": [
                    {"kind": term.key, "text": text(term.label), "help": text(term.help),
                     "values": [item.name for item in dataclasses.fields(term)]}
                    for term in CENTRE_TERMS
                ]
            }
        )  # fmt: skip
        return
    for term in CENTRE_TERMS:
        click.echo(f"{term.key}: {text(term.label)}. {text(term.help)}")
        for item in dataclasses.fields(term):
            click.echo(f"   {item.name}: {_described(item.metadata)}")


def _described(metadata: Any) -> str:
    words: list[Message] = [metadata["label"]]
    if "choices" in metadata:
        return f"{text(words[0])} ({', '.join(key for key, _ in metadata['choices'])})"
    return text(words[0])
