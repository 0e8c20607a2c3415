"""The payroll file before it is written: its form, its first rows, its place; and what left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.desk import Desk
from ui.theme import CAPTION_PX, font
from ui.translate import format_moment
from ui.widgets.cards import Card, styled_label
from ui.widgets.editors import ChoiceEditor
from ui.widgets.question import Question
from ui.widgets.table import Column, Table
from ui.widgets.table_cells import PADDING
from wfm.messages import Message, message
from wfm.model.site import ExportRecord
from wfm.payroll import FORMATS
from wfm.services.payroll import PayrollExport, PayrollPreview

NOTATION_NAMES = {
    "h:mm": message("7:45 (hours and minutes)"),
    "decimal": message("7.75 (hours)"),
    "minutes": message("465 (minutes)"),
}
LANGUAGE_NAMES = {"ja": message("Japanese"), "en": message("English")}
MOST_WIDTH = 280
ENCODING_NAMES = {"utf-8-sig": "UTF-8", "cp932": "CP932 (Shift_JIS)"}
FORMAT_NAMES = {item.key: item.name for item in FORMATS}


@dataclass(frozen=True, slots=True)
class FileWish:
    """How a payroll file is to be made, and where."""

    month: date
    format_name: str
    language: str
    notation: str
    path: Path


class FilePage(QWidget):
    """Everything about the file of one wage month; the screen writes it."""

    changed = Signal()
    """The form of the file is another one: a preview has to be made anew."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._month = desk, date.min
        self._typed = False
        render = desk.render
        self.layout_choice = ChoiceEditor([(key, render(name)) for key, name in
                                           FORMAT_NAMES.items()])  # fmt: skip
        self.notation = ChoiceEditor([(key, render(name)) for key, name in NOTATION_NAMES.items()])
        self.language = ChoiceEditor([(key, render(name)) for key, name in LANGUAGE_NAMES.items()])
        self.path = QLineEdit()
        self.browse = QPushButton(render(message("Browse…")))
        self.error = styled_label(role="error")
        self.result = styled_label(role="ok")
        self.confirmation = Question(render, message("Export all the same"))
        self.preview = self._table(
            message("First rows of the file"),
            message("Once what is named above is mended, the first rows stand here."),
        )
        self.exports = self._table(
            message("Files that were exported"), message("No payroll file has left the house yet.")
        )
        self._preview_title = styled_label(role="section")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.changed)
        self._prepare()
        self._arrange()

    # --- making ----------------------------------------------------------------------------------

    def _table(self, name: Message, hint: Message) -> Table:
        render = self._desk.render
        return Table(
            (), key=lambda row: row, name=render(name), theme=self._desk.theme, hint=render(hint)
        )

    def _prepare(self) -> None:
        preferences = self._desk.preferences
        for editor, name, usual in self._kept():
            kept = preferences.get(f"payroll.{name}", usual)
            editor.show_value(kept if kept in editor.values else usual)
            editor.edited.connect(self._chosen)
        self.path.textEdited.connect(self._path_typed)
        self.path.setAccessibleName(self._desk.render(message("File to write")))
        self.browse.clicked.connect(self._ask_for_path)
        for label in (self.error, self.result):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.hide()

    def _kept(self) -> tuple[tuple[ChoiceEditor, str, str], ...]:
        return (
            (self.layout_choice, "format", FORMATS[0].key),
            (self.notation, "notation", "h:mm"),
            (self.language, "language", self._desk.language),
        )

    def _arrange(self) -> None:
        render = self._desk.render
        card = Card()
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        editors = (
            (message("Layout"), self.layout_choice),
            (message("Times as"), self.notation),
            (message("Headings in"), self.language),
        )
        line = QHBoxLayout()
        line.setSpacing(12)
        for name, editor in editors:
            label = styled_label(render(name), "subtitle")
            label.setBuddy(editor)
            editor.setAccessibleName(label.text())
            if editor is not self.layout_choice:
                line.addSpacing(12)
                line.addWidget(label)
            else:
                grid.addWidget(label, 0, 0)
            line.addWidget(editor)
        line.addStretch(1)
        grid.addLayout(line, 0, 1, 1, 2)
        label = styled_label(render(message("File")), "subtitle")
        label.setBuddy(self.path)
        grid.addWidget(label, 1, 0)
        grid.addWidget(self.path, 1, 1)
        grid.addWidget(self.browse, 1, 2)
        grid.addWidget(self.error, 2, 1, 1, 2)
        grid.addWidget(self.result, 3, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(card)
        column.addWidget(self.confirmation)
        column.addWidget(self._boxed(self._preview_title, self.preview), 3)
        title = styled_label(render(message("Files that were exported")), "section")
        column.addWidget(self._boxed(title, self.exports), 1)

    @staticmethod
    def _boxed(title: QLabel, table: Table) -> Card:
        card = Card()
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 10, 1, 1)
        column.setSpacing(6)
        title.setContentsMargins(15, 0, 15, 0)
        column.addWidget(title)
        column.addWidget(table, 1)
        table.setMinimumHeight(90)
        return card

    # --- what is asked for -----------------------------------------------------------------------

    def wish(self) -> FileWish:
        """Return how the file is to be made, and where."""
        return FileWish(
            self._month,
            self.layout_choice.value(),
            self.language.value(),
            self.notation.value(),
            Path(self.path.text().strip()).expanduser(),
        )

    def set_month(self, month: date) -> None:
        """Speak of another month; what was said about the last file is gone."""
        if month != self._month:
            self._month = month
            self._typed = False
            self.clear_answers()

    def clear_answers(self) -> None:
        """Take away error, result and question."""
        self.error.hide()
        self.result.hide()
        self.confirmation.hide()

    def _chosen(self) -> None:
        for editor, name, _usual in self._kept():
            self._desk.preferences.set(f"payroll.{name}", editor.value())
        self.clear_answers()
        self._soon.start()

    def _path_typed(self) -> None:
        self._typed = True
        self.clear_answers()

    def _ask_for_path(self) -> None:
        dialog = QFileDialog(self, self._desk.render(message("File to write")))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(self.path.text())
        dialog.fileSelected.connect(self._take_path)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _take_path(self, path: str) -> None:
        self.path.setText(path)
        self._path_typed()

    def _folder(self) -> str:
        usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return str(self._desk.preferences.get("payroll.folder", usual))

    # --- what is answered ------------------------------------------------------------------------

    def show_preview(self, preview: PayrollPreview) -> None:
        """Show the first rows, or what forbids the file."""
        if not self._typed:
            self.path.setText(str(Path(self._folder()) / preview.name))
        render = self._desk.render
        if preview.problems:
            shown = [render(text) for text in preview.problems[:6]]
            rest = len(preview.problems) - len(shown)
            if rest > 0:
                shown.append(render(message("and {count} more", count=rest)))
            self.show_error("\n".join(shown))
        self._show_preview_title(preview)
        columns = [
            Column(str(place), title, _cell_of(place), width=_width(title, preview.rows, place))
            for place, title in enumerate(preview.header)
        ]
        self.preview.set_rows(())
        self.preview.set_columns(columns)
        self.preview.set_rows(preview.rows)

    def _show_preview_title(self, preview: PayrollPreview) -> None:
        if not preview.header:
            text = message("No file can be made of this month yet")
        else:
            text = message(
                "{name}: the first {shown} of {count} rows, as they will be written ({encoding})",
                name=preview.name,
                shown=len(preview.rows),
                count=preview.count,
                encoding=ENCODING_NAMES.get(preview.encoding, preview.encoding),
            )
        self._preview_title.setText(self._desk.render(text))

    def show_error(self, text: str) -> None:
        """Show what went wrong, beside the place of the file."""
        self.result.hide()
        self.error.setText(text)
        self.error.show()

    def show_written(self, record: ExportRecord, path: Path) -> None:
        """Show what was written where."""
        self.error.hide()
        self.confirmation.hide()
        self._desk.preferences.set("payroll.folder", str(path.parent))
        text = message(
            "Written: {file}, {count} row. SHA-256 {digest}",
            plural="Written: {file}, {count} rows. SHA-256 {digest}",
            file=str(path),
            count=record.rows,
            digest=record.sha256,
        )
        self.result.setText(self._desk.render(text))
        self.result.show()

    def show_exports(self, exports: Sequence[PayrollExport]) -> None:
        """Show every file that left the house, newest first."""
        render, desk = self._desk.render, self._desk
        names = FORMAT_NAMES

        def when(row: PayrollExport) -> str:
            return format_moment(datetime.fromisoformat(row.record.at), desk.site.zone,
                                 desk.language)  # fmt: skip

        def layout(row: PayrollExport) -> str:
            name = names.get(row.record.format)
            return row.record.format if name is None else render(name)

        self.exports.set_rows(())
        self.exports.set_columns(
            (
                Column("month", render(message("Wage month")), lambda row: row.record.period, 90),
                Column("when", render(message("Exported on")), when, 216),
                Column("who", render(message("By")), lambda row: row.who, 120),
                Column("file", render(message("File")), lambda row: row.record.file, 220),
                Column("layout", render(message("Layout")), layout, 220),
                Column("rows", render(message("Rows")), lambda row: str(row.record.rows), 60,
                       side="right"),
                Column("sha", "SHA-256", lambda row: row.record.sha256, 460,
                       tone=lambda _row: "muted"),
            )
        )  # fmt: skip
        self.exports.set_rows(exports)


def _cell_of(place: int) -> Callable[[tuple[str, ...]], str]:
    return lambda row: row[place]


def _width(title: str, rows: Sequence[tuple[str, ...]], place: int) -> int:
    """Return a width that shows a heading of a file and what stands below it."""
    head, cell = QFontMetrics(font(CAPTION_PX, bold=True)), QFontMetrics(font())
    widest = max((cell.horizontalAdvance(row[place]) for row in rows), default=0)
    return max(head.horizontalAdvance(title), min(widest, MOST_WIDTH)) + 2 * PADDING + 4
