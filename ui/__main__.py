"""`./run`: the window on the sample centre, or the whole plan into `out/` without a display."""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

from ui.display import has_display
from wfm.errors import WfmError
from wfm.messages import message

HEADLESS_SECONDS = 45.0


def sample_location(language: str) -> Path:
    """Return where this user's copy of the sample centre lives."""
    from platformdirs import user_data_path

    return user_data_path("toban", appauthor=False) / f"sample-{language}.toban"


def ensure_sample(path: Path, language: str) -> None:
    """Create the sample centre at ``path`` unless it is there."""
    if path.exists():
        return
    from ui.commands.console import say, user_name
    from wfm.publishing import make_folder
    from wfm.workspace import Workspace

    make_folder(path.parent)
    say(message("Creating the sample centre"))
    # filled elsewhere first: a start that is interrupted leaves no half-made sample behind
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".sample-") as folder:
        whole = Path(folder) / path.name
        Workspace.create(
            str(whole), user_name(), language=language, sample_as_of=date.today()
        ).close()
        whole.replace(path)


def plan_without_window() -> int:
    """Plan the sample centre's next week into ``out/``, progress on the terminal."""
    from ui.commands.console import LANGUAGE, open_centre, say
    from ui.commands.plan import plan_into

    say(message("There is no display: the sample week is planned into the folder out/."))
    folder = Path("out")
    path = folder / f"sample-{LANGUAGE}.toban"
    ensure_sample(path, LANGUAGE)
    with open_centre(str(path)) as workspace:
        plan_into(workspace, "next", folder, time_limit_s=HEADLESS_SECONDS)
    return 0


def open_window(location: str | None, *, take_over: bool = False) -> int:
    """Open the window on a centre (default: the sample) and return its exit status."""
    if not has_display():
        raise WfmError(
            message("There is no display to open a window on. The other commands work without one.")
        )
    from ui.app import run_app
    from ui.commands.console import LANGUAGE, user_name
    from ui.workspace_view import WorkspaceView
    from wfm.workspace import Workspace

    if location is None:
        path = sample_location(LANGUAGE)
        ensure_sample(path, LANGUAGE)
        location = str(path)
    with Workspace.open(location, user_name(), take_over=take_over) as workspace:
        return run_app(WorkspaceView(workspace), language=LANGUAGE)


def main() -> int:
    """Start what this machine can show; problems are sentences, as in the command line."""
    from ui.cli import guarded

    if has_display():
        return guarded(lambda: open_window(None))
    return guarded(plan_without_window)


if __name__ == "__main__":
    sys.exit(main())
