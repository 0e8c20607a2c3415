"""Writing a payroll file: preview, questions before it is written twice, and the answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from ui.desk import Desk
from ui.payroll.file_page import FilePage, FileWish
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.change import Outcome
from wfm.model.site import ExportRecord
from wfm.services.payroll import PayrollExport, PayrollPreview
from wfm.services.payroll_month import PayrollView
from wfm.workspace import Workspace


class Exporting(QObject):
    """Carries the wish of the file page to the centre and its answers back."""

    def __init__(self, desk: Desk, page: FilePage, view: Callable[[], PayrollView | None]) -> None:
        super().__init__(page)
        self._desk, self._page, self._view = desk, page, view
        self._busy = False
        self._previews = 0
        page.confirmation.confirmed.connect(self._write)

    # --- preview ---------------------------------------------------------------------------------

    def preview(self) -> None:
        """Show the first rows of the file wished for, and what left the house so far."""
        wish = self._page.wish()
        self._previews += 1
        number = self._previews

        def work(workspace: Workspace) -> tuple[PayrollPreview, tuple[PayrollExport, ...]]:
            payroll = workspace.payroll
            made = payroll.preview(wish.month, wish.format_name, wish.language, wish.notation)
            return made, payroll.exports()

        def then(answer: tuple[PayrollPreview, tuple[PayrollExport, ...]]) -> None:
            if number == self._previews:
                self._page.show_preview(answer[0])
                self._page.show_exports(answer[1])

        self._desk.ask(work, then, failed=self._failed)

    # --- writing ---------------------------------------------------------------------------------

    def start(self) -> None:
        """Write the file, or ask first where it was exported before or would replace another."""
        wish = self._page.wish()
        if self._busy:
            return
        if not wish.path.name:
            self._page.show_error(self._desk.render(message("Name the file to write.")))
            return

        def then(there: bool) -> None:
            reasons = self._reasons(wish, there=there)
            if reasons:
                self._page.confirmation.ask(*reasons)
            else:
                self._write()

        self._page.clear_answers()
        self._desk.ask(lambda _workspace: wish.path.is_file(), then, failed=self._failed)

    def _reasons(self, wish: FileWish, *, there: bool) -> list[Message]:
        """Return why to ask before the file is written."""
        view = self._view()
        reasons = []
        if view is not None and view.exports:
            last = view.exports[0]
            reasons.append(
                message(
                    "This month was exported before, by {who} as {file}.",
                    who=last.who,
                    file=last.record.file,
                )
            )
        if there:
            reasons.append(
                message("{file} is there already and would be replaced.", file=str(wish.path))
            )
        return reasons

    def _write(self) -> None:
        wish, view = self._page.wish(), self._view()
        if view is None or self._busy:
            return
        known = frozenset(export.record.key for export in view.exports)
        self._busy = True
        records: list[ExportRecord] = []

        def work(workspace: Workspace) -> Outcome:
            record, outcome = workspace.payroll.export(
                wish.month, wish.format_name, wish.path, wish.language,
                notation=wish.notation, known=known,
            )  # fmt: skip
            records.append(record)
            return outcome

        def then(_outcome: Outcome) -> None:
            self._busy = False
            self._page.show_written(records[0], wish.path)

        self._desk.do(work, then, failed=self._failed)

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        self._page.confirmation.hide()
        if not isinstance(error, WfmError):
            self._desk.fail(error)
            return
        problems = getattr(error, "problems", ())
        texts = [error.message, *(item.as_message() for item in problems[:6])]
        self._page.show_error("\n".join(map(self._desk.render, texts)))
