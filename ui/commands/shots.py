"""`toban shots`: pictures of every screen on the sample centre."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import click

from ui.commands.console import LANGUAGE, folder_to_write, print_json, say, text
from ui.display import has_display
from ui.translate import LANGUAGES
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.time import parse_date

SCALES = (0.5, 4.0)
PLANNERS = {"ja": "佐藤 美咲", "en": "Misaki Sato"}
"""Who is at work in the pictures: somebody of the sample centre, not whoever takes them."""
LEAST = (1024, 640)
MOST = 7680


def picture_size(value: str) -> tuple[int, int]:
    """Return (width, height) of ``1366x768``; raises :class:`~wfm.errors.WfmError`."""
    found = re.fullmatch(r"(\d{3,4})[x×](\d{3,4})", value.strip().lower())
    size = (int(found[1]), int(found[2])) if found else (0, 0)
    if not (LEAST[0] <= size[0] <= MOST and LEAST[1] <= size[1] <= MOST):
        raise WfmError(
            message(
                "“{value}” is no size of a window such as 1366x768 (at least {width}x{height}).",
                value=value,
                width=LEAST[0],
                height=LEAST[1],
            )
        )
    return size


@click.command(
    "shots", help=text(message("Take a picture of every screen, filled with the sample centre."))
)
@click.option("--out", required=True, help=text(message("Folder for the pictures.")))
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default=LANGUAGE)
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light")
@click.option("--size", default="1366x768", help=text(message("Size of the window.")))
@click.option("--scale", type=float, default=1.0, help=text(message("How much larger to draw.")))
@click.option("--as-of", "as_of", help=text(message("Day the sample centre is made for.")))
@click.option("--seconds", type=float, default=15.0, help=text(message("Seconds to build.")))
@click.option("--json", "as_json", is_flag=True, help=text(message("Print the result as JSON.")))
def shots_command(
    out: str,
    language: str,
    theme: str,
    size: str,
    scale: float,
    as_of: str | None,
    seconds: float,
    as_json: bool,
) -> None:
    """Plan the sample centre and walk through the window."""
    folder = folder_to_write(out)
    measures = picture_size(size)
    if not SCALES[0] <= scale <= SCALES[1]:
        raise WfmError(
            message("The scale lies between {low} and {high}.", low=SCALES[0], high=SCALES[1])
        )
    day = parse_date(as_of) if as_of else date.today()
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ui.shots import ShotSettings, set_scale, take_shots

    set_scale(scale)

    def prepare(path: Path) -> None:
        plan_sample(path, language, day, seconds)

    taken = take_shots(prepare, folder, ShotSettings(language, theme, measures), PLANNERS[language])
    if as_json:
        print_json({"pictures": [str(path) for path in taken]})
    else:
        say(
            message(
                "{count} picture written to {folder}",
                plural="{count} pictures written to {folder}",
                count=len(taken),
                folder=str(folder),
            )
        )


def plan_sample(path: Path, language: str, day: date, seconds: float) -> None:
    """Make the sample centre at ``path`` and plan its next week."""
    from ui.commands.solving import solve_in_child
    from wfm.workspace import Workspace

    with Workspace.create(
        str(path), PLANNERS[language], language=language, sample_as_of=day
    ) as workspace:
        workspace.plan_week(
            workspace.week_horizon("next"),
            lambda problem: solve_in_child(problem, time_limit_s=seconds),
            say,
        )
