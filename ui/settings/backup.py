"""The section about backups: make one, which there are, how to go back, is the log intact."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from ui.desk import Desk
from ui.settings.section import Section
from ui.translate import format_moment, format_number
from ui.widgets.cards import restyle, styled_label
from ui.widgets.table import ROW_HEIGHT, Column, Table
from ui.widgets.table_cells import HEAD_HEIGHT
from wfm.messages import Message, message
from wfm.model.site import BackupCopy
from wfm.services.settings import SettingsView
from wfm.workspace import Workspace

MEGABYTE = 1_000_000
SHOWN_ROWS = 6


@dataclass(frozen=True, slots=True)
class LogCheck:
    """What a check of the log found: the number of entries, and the first that does not fit."""

    entries: int
    first_broken: int | None


class BackupSection(Section):
    """Copies of the centre's file, and the state of its log."""

    key = "backup"
    title = message("Backup")
    about = message(
        "A copy is made whenever the centre is opened after a change, and before publishing. The"
        " newest ten and one of each of the last eight weeks are kept."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        render = desk.render
        self.place = styled_label(role="subtitle")
        self.place.setWordWrap(True)
        self.place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.make = QPushButton(render(message("Back up now")))
        self.make.clicked.connect(self.back_up)
        self.check = QPushButton(render(message("Check the log")))
        self.check.clicked.connect(self.check_log)
        self.answer = styled_label(role="ok")
        self.answer.setWordWrap(True)
        self.copies = Table(
            self._columns(), key=lambda copy: str(copy.path), name=render(self.title),
            theme=desk.theme, hint=render(message("There is no copy yet.")),
        )  # fmt: skip
        self.copies.setFixedHeight(HEAD_HEIGHT + SHOWN_ROWS * ROW_HEIGHT + 2)
        self.copies.chosen.connect(self._show_way_back)
        self.way_back = styled_label(role="subtitle")
        self.way_back.setWordWrap(True)
        self.way_back.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_command = QPushButton(render(message("Copy the command")))
        self.copy_command.setProperty("role", "link")
        self.copy_command.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.command))
        self._file: Path | None = None
        self._arrange()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.make)
        row.addWidget(self.check)
        row.addWidget(self.answer, 1)
        back = QHBoxLayout()
        back.addWidget(self.way_back, 1)
        back.addWidget(self.copy_command, 0, Qt.AlignmentFlag.AlignBottom)
        self.column.addWidget(self.place)
        self.column.addLayout(row)
        self.column.addWidget(self.copies)
        self.column.addLayout(back)

    def _columns(self) -> tuple[Column, ...]:
        desk, render = self.desk, self.text_of
        return (
            Column("at", render(message("Made on")),
                   lambda copy: format_moment(copy.at, desk.site.zone, desk.language), 200,
                   sort=lambda copy: copy.at),
            Column("size", render(message("Size")), lambda copy: size_text(copy, desk.language), 90,
                   side="right", sort=lambda copy: copy.size),
            Column("file", render(message("File")), lambda copy: copy.path.name, 420,
                   tone=lambda _copy: "muted"),
        )  # fmt: skip

    # --- showing ---------------------------------------------------------------------------------

    def fill(self, _view: SettingsView) -> None:
        """Ask for the copies there are."""
        self.desk.ask(
            lambda workspace: (workspace.settings.file, workspace.settings.backups()),
            self._show_copies,
        )

    def _show_copies(self, answer: tuple[Path | None, tuple[BackupCopy, ...]]) -> None:
        self._file, copies = answer
        text = (
            message("The centre lies on a server, which its administrators back up.")
            if self._file is None
            else message("The centre is the file {file}", file=str(self._file))
        )
        self.place.setText(self.text_of(text))
        self.copies.set_rows(copies)
        self.copies.setVisible(self._file is not None)
        self._show_way_back()

    @property
    def command(self) -> str:
        """The command line that puts the chosen copy in the place of the centre."""
        selected = self.copies.selected
        if not selected or self._file is None:
            return ""
        words = ("toban", "restore", str(selected[0].path), str(self._file))
        return " ".join(map(shlex.quote, words))

    def _show_way_back(self) -> None:
        command = self.command
        text = (
            message(
                "To go back to this copy, close the centre and run the command below. What lies"
                " there now is kept beside it.\n{command}",
                command=command,
            )
            if command
            else message("Choose a copy to see how to go back to it.")
        )
        self.way_back.setText(self.text_of(text))
        self.way_back.setVisible(self._file is not None)
        self.copy_command.setVisible(bool(command))

    # --- doing -----------------------------------------------------------------------------------

    def back_up(self) -> None:
        """Write a copy now."""

        def work(
            workspace: Workspace,
        ) -> tuple[Path, Path | None, tuple[BackupCopy, ...]]:
            made = workspace.files.backup()
            return made, workspace.settings.file, workspace.settings.backups()

        def then(answer: tuple[Path, Path | None, tuple[BackupCopy, ...]]) -> None:
            made, file, copies = answer
            self._answer(message("Copied to {file}", file=str(made)), "ok")
            self._show_copies((file, copies))

        self.desk.ask(work, then)

    def check_log(self) -> None:
        """Check every entry of the log against its seal."""

        def work(workspace: Workspace) -> LogCheck:
            return LogCheck(workspace.log.head()[0], workspace.log.first_broken())

        def then(found: LogCheck) -> None:
            if found.first_broken is None:
                self._answer(
                    message(
                        "The log is intact: {count} entry, none changed afterwards.",
                        plural="The log is intact: {count} entries, none changed afterwards.",
                        count=found.entries,
                    ),
                    "ok",
                )
            else:
                self._answer(
                    message(
                        "The log was tampered with: entry {id} does not fit its seal.",
                        id=found.first_broken,
                    ),
                    "error",
                )

        self.desk.ask(work, then)

    def _answer(self, text: Message, role: str) -> None:
        self.answer.setProperty("role", role)
        restyle(self.answer)
        self.answer.setText(self.text_of(text))

    def texts(self) -> Iterable[Message | str]:
        """Return what can be done here."""
        return (
            message("Back up now"),
            message("Check the log"),
            message("restore a copy"),
        )


def size_text(copy: BackupCopy, language: str) -> str:
    """Return the size of a copy in megabytes."""
    return f"{format_number(copy.size / MEGABYTE, language, decimals=1, fixed=True)} MB"
