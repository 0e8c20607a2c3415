"""`toban export payroll | roster`: files for payroll systems and for people."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from ui.commands.console import (
    LANGUAGE,
    horizon_of,
    open_centre,
    print_json,
    say,
    text,
)
from wfm.errors import NotYetError
from wfm.messages import message
from wfm.model.time import format_iso_week, parse_month

JSON = text(message("Print the result as JSON."))


@click.group("export", help=text(message("Write payroll files and rosters.")))
def export_command() -> None:
    """Group of exports."""


@export_command.command(
    "payroll", help=text(message("Worked time of a wage month, for a payroll system."))
)
@click.argument("centre")
@click.option("--month", required=True, help=text(message("Wage month, as 2026-12.")))
@click.option("--format", "format_name", default="generic-monthly", show_default=True,
              help=text(message("File layout.")))  # fmt: skip
@click.option("--out", required=True, help=text(message("File to write.")))
@click.option("--json", "as_json", is_flag=True, help=JSON)
def payroll_command(centre: str, month: str, format_name: str, out: str, as_json: bool) -> None:
    """Export worked hours."""
    first = parse_month(month)
    _refuse_unknown_format(format_name)
    with open_centre(centre) as workspace:
        record = workspace.files.payroll(first, format_name, out, LANGUAGE)
    if as_json:
        print_json({"file": out, "rows": record.rows, "sha256": record.sha256})
    else:
        say(
            message("{file}: {count} row written.", plural="{file}: {count} rows written.",
                    file=out, count=record.rows)
        )  # fmt: skip


def _refuse_unknown_format(name: str) -> None:
    from wfm.payroll import FORMATS

    names = [item.key for item in FORMATS]
    if name not in names:
        raise click.UsageError(
            text(
                message(
                    "There is no format “{name}”; there are: {names}.",
                    name=name,
                    names=", ".join(names),
                )
            )
        )


@export_command.command("roster", help=text(message("A week's roster as CSV, Excel, ICS or PDF.")))
@click.argument("centre")
@click.option("--week", default="next", show_default=True,
              help=text(message("ISO week (2026-W49) or “next”.")))  # fmt: skip
@click.option("--format", "format_name", type=click.Choice(("csv", "xlsx", "ics", "pdf")),
              default="xlsx", show_default=True, help=text(message("File format.")))  # fmt: skip
@click.option("--out", required=True,
              help=text(message("File to write (ics: or a folder, one file each).")))  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=JSON)
def roster_command(centre: str, week: str, format_name: str, out: str, as_json: bool) -> None:
    """Export a roster."""
    with open_centre(centre) as workspace:
        horizon = horizon_of(workspace, week)
        if format_name == "pdf":
            from ui.printing import write_roster_pdf
            from ui.workspace_view import week_view
            from wfm.publishing import write_atomically

            view = week_view(workspace.week_state(horizon))
            if not view.planned:
                start = format_iso_week(horizon.start)
                raise NotYetError(
                    message("There is no roster for {week} yet.", week=start), "roster"
                )
            with TemporaryDirectory() as folder:
                drawn = write_roster_pdf(view, Path(folder) / "roster.pdf", LANGUAGE)
                files: tuple[Path, ...] = (write_atomically(Path(out), drawn.read_bytes()),)
        else:
            files = workspace.files.roster(horizon, format_name, out, LANGUAGE)
    if as_json:
        print_json({"files": [str(item) for item in files]})
    else:
        say(
            message("{count} file written: {file}", plural="{count} files written: {file}",
                    count=len(files), file=out)
        )  # fmt: skip
