"""`toban new | open | backup | restore | log | undo`: a centre as a file or a database."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.commands.console import (
    LANGUAGE,
    existing_file,
    open_centre,
    print_json,
    say,
    text,
    user_name,
)
from wfm.messages import message
from wfm.model.time import parse_date

if TYPE_CHECKING:
    from wfm.model.change import Operation


@click.command(
    "new", help=text(message("Create a centre: a new .toban file, empty or filled as a sample."))
)
@click.argument("file")
@click.option("--sample", is_flag=True, help=text(message("Fill it with the sample centre.")))
@click.option(
    "--as-of",
    help=text(message("The sample's history ends the day before this date (default: today).")),
)
@click.option("--name", default="", help=text(message("Name of the centre.")))
@click.option("--json", "as_json", is_flag=True, help=text(message("Print the result as JSON.")))
def new_command(file: str, sample: bool, as_of: str | None, name: str, as_json: bool) -> None:
    """Create a centre file."""
    from wfm.workspace import Workspace

    if as_of and not sample:
        raise click.UsageError(text(message("--as-of belongs to --sample.")))
    day = parse_date(as_of) if as_of else date.today()
    with Workspace.create(
        file, user_name(), name=name, language=LANGUAGE, sample_as_of=day if sample else None
    ) as workspace:
        counts = workspace.counts()
    if as_json:
        print_json({"file": file, **counts})
    elif sample:
        say(
            message(
                "Created {file}: the sample centre with {agents} agents and {queues} queues,"
                " history up to {day}.",
                file=file,
                agents=counts["agents"],
                queues=counts["queues"],
                day=str(counts["history_until"]),
            )
        )
    else:
        say(message("Created {file}. Next: toban import people, toban import acd.", file=file))


@click.command("open", help=text(message("Open a centre in the window.")))
@click.argument("file", required=False)
@click.option(
    "--take-over",
    is_flag=True,
    help=text(message("Become the writer of a centre on a network folder.")),
)
@click.option(
    "--choose",
    is_flag=True,
    help=text(message("Show the page from which a centre is opened or begun.")),
)
def open_command(file: str | None, take_over: bool, choose: bool) -> None:
    """Open the window; without a file, on the centre opened last, else the sample."""
    from ui.__main__ import open_window

    if file is not None and choose:
        raise click.UsageError(text(message("Give either a centre or --choose.")))
    raise click.exceptions.Exit(open_window(file, take_over=take_over, start_page=choose))


@click.command(
    "backup", help=text(message("Copy a centre, checked and complete, beside it or to --out."))
)
@click.argument("file")
@click.option("--out", help=text(message("File to write (default: a dated file beside it).")))
@click.option("--json", "as_json", is_flag=True, help=text(message("Print the result as JSON.")))
def backup_command(file: str, out: str | None, as_json: bool) -> None:
    """Write a backup."""
    with open_centre(file, read_only=True) as workspace:
        target = workspace.files.backup(out)
    if as_json:
        print_json({"backup": str(target)})
    else:
        say(message("Backup written: {file}", file=str(target)))


@click.command(
    "restore",
    help=text(
        message(
            "Put a backup in the place of a centre. What lay there is kept beside it under a dated"
            " name. Nobody may have the centre open."
        )
    ),
)
@click.argument("copy")
@click.argument("file")
def restore_command(copy: str, file: str) -> None:
    """Restore a backup."""
    from wfm.workspace import restore_centre

    aside = restore_centre(existing_file(copy), Path(file))
    if aside is not None:
        say(message("What lay there is kept: {file}", file=str(aside)))
    say(message("{file} holds the backup now.", file=file))


@click.command("log", help=text(message("List what was changed, when and by whom.")))
@click.argument("file")
@click.option(
    "--last",
    type=click.IntRange(1, 10**6),
    default=20,
    show_default=True,
    help=text(message("How many entries.")),
)
@click.option(
    "--since-head",
    metavar="NUMBER:SEAL",
    help=text(message("A head noted earlier: are all entries up to it still there?")),
)
@click.option(
    "--erase",
    type=click.IntRange(1, 999_999_999),
    help=text(message("Erase what an entry holds, for good, as personal data must be on request.")),
)
@click.option("--json", "as_json", is_flag=True, help=text(message("Print the result as JSON.")))
def log_command(
    file: str, last: int, since_head: str | None, erase: int | None, as_json: bool
) -> None:
    """List the newest operations, and check the seals of all."""
    known = _head(since_head) if since_head is not None else None
    with open_centre(file, read_only=erase is None) as workspace:
        if erase is not None:
            workspace.log.erase(erase)
        operations = workspace.log.last(last)
        broken = workspace.log.first_broken(known)
        number, seal = workspace.log.head()
    if as_json:
        entries = [_entry(item) for item in operations]
        print_json({"first_broken": broken, "head": f"{number}:{seal}", "operations": entries})
        return
    for item in operations:
        click.echo(f"{item.id:>5}  {item.at:%Y-%m-%d %H:%M:%S}  {item.who:<12}  {text(item.text)}")
    if broken is not None:
        say(message("The log was tampered with: entry {id} does not fit its seal.", id=broken))
        raise click.exceptions.Exit(1)


def _head(value: str) -> tuple[int, str]:
    number, colon, seal = value.partition(":")
    if not colon or not number.isdecimal() or len(number) > 9:
        raise click.UsageError(
            text(message("A head is a number and a seal, as toban log --json shows it."))
        )
    return int(number), seal


def _entry(item: Operation) -> dict[str, object]:
    return {
        "id": item.id,
        "at": item.at.isoformat(),
        "who": item.who,
        "text": text(item.text),
        "undoes": item.undoes,
    }


@click.command("undo", help=text(message("Take back one operation of the log, by its number.")))
@click.argument("file")
@click.argument("operation", type=click.IntRange(0, 999_999_999))
def undo_command(file: str, operation: int) -> None:
    """Undo an operation."""
    with open_centre(file) as workspace:
        outcome = workspace.log.undo(operation)
    if outcome.operation is not None:
        say(outcome.operation.text)
