"""What the import panel knows of one file: its path, what the user told of it, what was seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from wfm.imports import Asked
from wfm.model.site import ImportMapping
from wfm.services.acd_preview import AcdPreview
from wfm.services.people_preview import PeoplePreview
from wfm.services.source_files import Setting
from wfm.workspace import Workspace

Seen = AcdPreview | PeoplePreview
Look = Callable[[Workspace, Callable[[], bool]], Seen]


@dataclass
class FileInHand:
    """One file on its way in; ``mapping`` is ``None`` until the user tells something about it."""

    kind: str
    path: Path
    mapping: ImportMapping | None = None
    seen: Seen | None = None
    asked: dict[str, Asked] = field(default_factory=dict)

    def look(self) -> Look:
        """Return the work that reads the file as it is told now."""
        kind, path, mapping = self.kind, self.path, self.mapping

        def work(workspace: Workspace, should_stop: Callable[[], bool]) -> Seen:
            imports = workspace.imports
            look = imports.preview_acd if kind == "acd" else imports.preview_people
            return look(path, mapping, should_stop=should_stop)

        return work

    def take(self, seen: Seen) -> None:
        """Keep what was seen, and every question that was ever asked."""
        self.seen, self.mapping = seen, seen.mapping
        self.asked |= {question.key: question for question in seen.questions}

    def tell_option(self, key: str, value: str) -> None:
        """Set an option of the mapping; an empty value takes it out."""
        options = dict(self._told.options)
        options.pop(key, None)
        if value:
            options[key] = value
        self.mapping = replace(self._told, options=options)

    def tell_column(self, heading: str, column: str) -> None:
        """Say what a column means; another column of the same meaning gives it up."""
        columns = dict(self._told.columns)
        if column and self.seen is not None:
            for start in self.seen.starts:
                for other, meaning in zip(start.headings, start.columns, strict=False):
                    if meaning == column and other != heading:
                        columns[other] = ""
        columns[heading] = column
        self.mapping = replace(self._told, columns=columns)

    def forget(self) -> None:
        """Take back all that was told or remembered, and read the file afresh."""
        self.mapping, self.asked = ImportMapping(self.path.stem), {}

    @property
    def _told(self) -> ImportMapping:
        return self.mapping or ImportMapping(self.path.stem)

    # --- what is shown ---------------------------------------------------------------------------

    def questions(self) -> list[tuple[Asked, str | None]]:
        """Return every question with the answer given, those answered included."""
        if self.seen is None:
            return []
        now = {question.key: question for question in self.seen.questions}
        options = self._told.options
        shown = [(question, options.get(question.key)) for question in now.values()]
        answered = [
            (question, options[key])
            for key, question in self.asked.items()
            if key not in now and key in options
        ]
        return [*answered, *shown]

    def settings(self) -> tuple[Setting, ...]:
        """Return the settings, without those that stand among the questions."""
        if self.seen is None:
            return ()
        keys = {question.key for question, _ in self.questions()}
        return tuple(item for item in self.seen.settings if item.key not in keys)

    # --- over a switch of language ---------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """Return what is needed to take the file up again, as JSON values."""
        told = self.mapping
        return {
            "kind": self.kind,
            "path": str(self.path),
            "columns": None if told is None else dict(told.columns),
            "options": None if told is None else dict(told.options),
        }

    @classmethod
    def of_state(cls, state: dict[str, Any]) -> FileInHand | None:
        """Return the file of a state, ``None`` where there was none."""
        path = state.get("path")
        if not path:
            return None
        made = cls(str(state.get("kind", "acd")), Path(str(path)))
        columns, options = state.get("columns"), state.get("options")
        if isinstance(columns, dict) and isinstance(options, dict):
            made.mapping = ImportMapping(made.path.stem, dict(columns), dict(options))
        return made
