"""`./run`: the window on the sample centre, or the whole plan into `out/` without a display."""

from __future__ import annotations

import sys
from pathlib import Path

from ui.display import has_display
from wfm.errors import WfmError
from wfm.messages import message

HEADLESS_SECONDS = 45.0


def plan_without_window() -> int:
    """Plan the sample centre's next week into ``out/``, progress on the terminal."""
    from ui.commands.console import LANGUAGE, open_centre, say, user_name
    from ui.commands.plan import plan_into
    from ui.sample import ensure_sample

    say(message("There is no display: the sample week is planned into the folder out/."))
    folder = Path("out")
    path = folder / f"sample-{LANGUAGE}.toban"
    if not path.exists():
        say(message("Creating the sample centre"))
    ensure_sample(path, LANGUAGE, user_name())
    with open_centre(str(path)) as workspace:
        plan_into(workspace, "next", folder, time_limit_s=HEADLESS_SECONDS)
    return 0


def open_window(location: str | None, *, take_over: bool = False, start_page: bool = False) -> int:
    """Open the window on a centre (default: the one opened last, else the sample)."""
    if not has_display():
        raise WfmError(
            message("There is no display to open a window on. The other commands work without one.")
        )
    from ui.app import run_app
    from ui.commands.console import LANGUAGE, user_name

    return run_app(
        location, who=user_name(), language=LANGUAGE, start_page=start_page, take_over=take_over
    )


def main() -> int:
    """Start what this machine can show; problems are sentences, as in the command line."""
    from ui.cli import guarded

    if has_display():
        return guarded(lambda: open_window(None))
    return guarded(plan_without_window)


if __name__ == "__main__":
    sys.exit(main())
