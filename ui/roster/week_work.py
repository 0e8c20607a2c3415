"""What is done to a whole week from the roster screen: copy, clear, lock, publish, write a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from ui.centre_view import WeekView
from ui.desk import Desk
from ui.printing import write_roster_pdf
from ui.workspace_view import week_view
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.change import Outcome
from wfm.model.time import Horizon, format_iso_week
from wfm.publishing import write_atomically

Done = Callable[[Outcome], None]


class WeekWork:
    """Carries out what changes or leaves a whole week; asks inline before shifts would be lost."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def copy_week(self, horizon: Horizon, *, planned: bool) -> None:
        """Copy the week before; where there are shifts already, ask first."""
        source = horizon.start - timedelta(days=7)

        def copy() -> None:
            self._desk.do(
                lambda workspace: workspace.rosters.copy_week(horizon, source),
                done=message("The shifts of the week before were copied."),
            )

        if not planned:
            copy()
            return
        self._ask(
            message("The shifts of this week would be replaced by those of the week before."),
            message("Replace them"),
            copy,
        )

    def clear_week(self, horizon: Horizon, shifts: int) -> None:
        """Take away the week's shifts that are not locked, after asking."""

        def clear() -> None:
            self._desk.do(
                lambda workspace: workspace.rosters.clear(horizon),
                done=message("The week was cleared; locked shifts stay."),
            )

        self._ask(
            message(
                "{count} shift that is not locked would be taken away.",
                plural="{count} shifts that are not locked would be taken away.",
                count=shifts,
            ),
            message("Clear the week"),
            clear,
        )

    def lock_week(self, horizon: Horizon, *, locked: bool) -> None:
        """Lock or unlock every shift of the week."""
        text = message("Every shift of the week is locked: a build keeps it.")
        if not locked:
            text = message("No shift of the week is locked any more.")
        self._desk.do(lambda workspace: workspace.rosters.lock(horizon, locked), done=text)

    def publish(self, horizon: Horizon, then: Done) -> None:
        """Mark the week as shown to its people, as one operation."""
        self._desk.do(
            lambda workspace: workspace.files.publish(horizon),
            then,
            done=message("The roster is published."),
        )

    def require(self, horizon: Horizon) -> None:
        """Make forecast and required staff of a week that has none."""

        def staff(_outcome: Outcome) -> None:
            self._desk.do(lambda workspace: workspace.rosters.prepare_requirement(horizon))

        self._desk.do(lambda workspace: workspace.rosters.prepare_forecast(horizon), staff)

    def write(
        self, horizon: Horizon, format_name: str, path: str, then: Callable[[], None]
    ) -> None:
        """Write the week's roster to a file; what goes wrong is a sentence."""
        desk, language = self._desk, self._desk.language

        def written(files: tuple[Path, ...]) -> None:
            then()
            desk.say(
                message(
                    "{count} file was written: {file}",
                    plural="{count} files were written: {file}",
                    count=len(files),
                    file=path,
                ),
                "ok",
            )

        if format_name == "pdf":
            desk.ask(
                lambda workspace: week_view(workspace.week_state(horizon)),
                lambda view: self._draw(view, path, written),
            )
        else:
            desk.ask(
                lambda workspace: workspace.files.roster(horizon, format_name, path, language),
                written,
            )

    def _draw(self, view: WeekView, path: str, written: Callable[[tuple[Path, ...]], None]) -> None:
        """Draw the PDF here: fonts and painters belong to the GUI thread."""
        if not view.planned:
            week = format_iso_week(view.horizon.start)
            text = message("There is no roster for {week} yet. Build one first.", week=week)
            self._desk.fail(WfmError(text))
            return
        try:
            with TemporaryDirectory() as folder:
                drawn = write_roster_pdf(view, Path(folder) / "roster.pdf", self._desk.language)
                files = (write_atomically(Path(path), drawn.read_bytes()),)
        except WfmError as error:
            self._desk.fail(error)
        else:
            written(files)

    def _ask(self, text: Message, action: Message, act: Callable[[], None]) -> None:
        self._desk.say(text, "warn", (action, act))
