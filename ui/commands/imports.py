"""`toban import acd | people`: files into a centre, with every rejected row explained."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.commands.console import (
    existing_file,
    open_centre,
    print_json,
    say,
    show_problems,
    text,
)
from wfm.messages import message
from wfm.model.time import parse_month

if TYPE_CHECKING:
    from wfm.services.importing import Imported

INTO = text(message("The centre to import into."))
STRICT = text(message("Import nothing if any row is rejected."))
JSON = text(message("Print the result as JSON."))


@click.group("import", help=text(message("Bring contact history or people into a centre.")))
def import_command() -> None:
    """Group of imports."""


@import_command.command(
    "acd", help=text(message("Import interval history of an ACD (CSV, TSV or Excel)."))
)
@click.argument("file")
@click.option("--into", "centre", required=True, help=INTO)
@click.option("--map", "mapping", help=text(message("Column mapping (TOML) for this file.")))
@click.option(
    "--save-map", help=text(message("Write the mapping that was used to this TOML file."))
)
@click.option("--strict", is_flag=True, help=STRICT)
@click.option("--json", "as_json", is_flag=True, help=JSON)
def acd_command(
    file: str, centre: str, mapping: str | None, save_map: str | None, strict: bool, as_json: bool
) -> None:
    """Import contact history."""
    path = existing_file(file)
    map_path = existing_file(mapping) if mapping else None
    with open_centre(centre) as workspace:
        result = workspace.imports.acd(
            path, map_path, save_mapping=Path(save_map) if save_map else None, strict=strict
        )
    report(file, result, as_json)


@import_command.command(
    "people",
    help=text(
        message("Import agents, availability, balances and last month's roster from Excel or CSV.")
    ),
)
@click.argument("file")
@click.option("--into", "centre", required=True, help=INTO)
@click.option("--strict", is_flag=True, help=STRICT)
@click.option("--month", help=text(message("Month of a roster sheet, as 2026-11.")))
@click.option("--json", "as_json", is_flag=True, help=JSON)
def people_command(file: str, centre: str, strict: bool, month: str | None, as_json: bool) -> None:
    """Import people."""
    path = existing_file(file)
    with open_centre(centre) as workspace:
        first = parse_month(month) if month else None
        result = workspace.imports.people(path, strict=strict, month=first)
    report(file, result, as_json)


def report(file: str, result: Imported, as_json: bool) -> None:
    """Print what an import took and refused; exit 1 when it took nothing."""
    if as_json:
        print_json(
            {
                "file": file,
                "accepted": result.accepted,
                "rejected": result.rejected,
                "operation": result.operation.id if result.operation else None,
                "problems": [
                    {
                        "file": item.file,
                        "row": item.row,
                        "column": item.column,
                        "value": item.value,
                        "reason": text(item.reason),
                    }
                    for item in result.problems
                ],
                "notes": [text(note) for note in result.notes],
            }
        )
    else:
        for note in result.notes:
            say(note)
        show_problems(result.problems)
        say(
            message(
                "{file}: {count} row imported, {rejected} rejected.",
                plural="{file}: {count} rows imported, {rejected} rejected.",
                file=file,
                count=result.accepted,
                rejected=result.rejected,
            )
        )
    if result.accepted == 0:
        raise click.exceptions.Exit(1)
