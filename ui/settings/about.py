"""The section about the program: its version, what it is made of, and its licence."""

from __future__ import annotations

import importlib.metadata
import platform
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QPushButton

from ui.desk import Desk
from ui.form import LABEL_WIDTH
from ui.settings.section import Section
from ui.widgets.cards import styled_label
from wfm.messages import Message, message

ROOT = Path(__file__).parents[2]
PARTS = ("PySide6-Essentials", "pyqtgraph", "ortools", "SQLAlchemy", "pandas", "numpy", "numba")
LICENCE = message("Apache License 2.0; the font Noto Sans JP under the SIL Open Font License 1.1")
VERSION, SYSTEM, PARTS_NAME = message("Version"), message("System"), message("Made with")
LICENCE_NAME = message("Licence")


@cache
def program_version() -> str:
    """Return the version of the program, from its project file."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def facts() -> tuple[tuple[Message, str], ...]:
    """Return what to know when a question is asked about the program."""
    parts = [f"{name} {importlib.metadata.version(name)}" for name in PARTS]
    return (
        (VERSION, f"Toban {program_version()}"),
        (SYSTEM, f"Python {platform.python_version()}, {platform.platform()}"),
        (PARTS_NAME, ", ".join(parts)),
    )


class AboutSection(Section):
    """Which version this is; to be copied into a question."""

    key = "about"
    title = message("About Toban")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        rows = (*facts(), (LICENCE_NAME, desk.render(LICENCE)))
        for place, (name, text) in enumerate(rows):
            value = styled_label(text)
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label = styled_label(desk.render(name), "subtitle")
            grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, place, 1)
        self.copy = QPushButton(desk.render(message("Copy for a question")))
        self.copy.setProperty("role", "link")
        self.copy.clicked.connect(self._copy)
        self.column.addLayout(grid)
        self.column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)

    def _copy(self) -> None:
        lines = [f"{name}: {text}" for name, text in facts()]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def texts(self) -> Iterable[Message | str]:
        """Return what stands here."""
        return (VERSION, SYSTEM, PARTS_NAME, LICENCE_NAME, LICENCE)
