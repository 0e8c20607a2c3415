"""How a file was read: the meaning of each column, and what else may be overruled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.translate import Render
from ui.widgets.cards import styled_label
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.table import Column, Table
from wfm.imports import Preview, column_choices, column_label
from wfm.messages import message
from wfm.services.source_files import Setting

EXAMPLES = 3
SETTINGS_WIDTH = 410


@dataclass(frozen=True, slots=True)
class FileColumn:
    """One column of a file: where it stands, its heading, its meaning and what it holds."""

    sheet: str
    place: int
    heading: str
    meaning: str
    examples: tuple[str, ...]


def columns_of(starts: Sequence[Preview]) -> tuple[FileColumn, ...]:
    """Return the columns of the sheets of a file; those without heading or content are left out."""
    found: list[FileColumn] = []
    for start in starts:
        for place, heading in enumerate(start.headings):
            cells = [row[place] for row in start.rows if place < len(row) and row[place].strip()]
            meaning = start.columns[place] if place < len(start.columns) else ""
            if heading or cells:
                examples = tuple(dict.fromkeys(cells))[:EXAMPLES]
                found.append(FileColumn(start.sheet, place, heading, meaning, examples))
    return tuple(found)


class LayoutView(QWidget):
    """The columns of a file as a table whose meanings can be changed, the settings beside it."""

    column_chosen = Signal(str, str)
    """A heading and the canonical column it means, empty: it is not read."""
    setting_chosen = Signal(str, str)
    """A setting's key and its value, empty: as found out."""
    nameless_chosen = Signal()
    """A meaning was given to a column without a heading, by which it could be remembered."""

    def __init__(self, render: Render, theme: Theme, reader: str) -> None:
        super().__init__()
        self._render = render
        self._reader = reader
        self.table = Table(
            self._columns(sheets=False),
            key=lambda row: (row.sheet, row.place),
            name=render(message("Columns of the file")),
            theme=theme,
            hint=render(message("The file has no columns")),
        )
        self.table.clicked.connect(self._edit)
        self.table.edited.connect(self._edited)
        self.settings = _Settings(render)
        self.settings.chosen.connect(self.setting_chosen)
        self.caption = styled_label(
            render(message("Click a meaning, or press F2 on a line, to change it.")), "caption"
        )
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self.table, 1)
        left.addWidget(self.caption)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(self.settings)

    def set_reader(self, reader: str) -> None:
        """Offer the meanings of another kind of file."""
        self._reader = reader

    def show_layout(self, starts: Sequence[Preview], settings: Sequence[Setting]) -> None:
        """Show the columns and settings of a file."""
        rows = columns_of(starts)
        self.table.set_columns(self._columns(sheets=len({row.sheet for row in rows}) > 1))
        self.table.set_rows(rows)
        self.settings.show_settings(settings)

    def _columns(self, *, sheets: bool) -> tuple[Column, ...]:
        render = self._render

        def meaning(row: FileColumn) -> str:
            return render(column_label(row.meaning))

        columns = (
            Column("sheet", render(message("Sheet")), lambda row: row.sheet, width=110),
            Column("heading", render(message("Heading")), _heading, width=200, searched=True),
            Column(
                "meaning",
                render(message("Meaning")),
                meaning,
                width=230,
                editable=True,
                choices=self._choices,
                edit=lambda row: row.meaning,
                tone=lambda row: "" if row.meaning else "muted",
                bold=True,
            ),
            Column(
                "examples",
                render(message("Examples")),
                lambda row: " / ".join(row.examples),
                width=320,
                tone=lambda _row: "muted",
            ),
        )
        return columns if sheets else columns[1:]

    def _choices(self) -> list[tuple[str, str]]:
        names = column_choices(self._reader)
        return [(name, self._render(column_label(name))) for name in ("", *names)]

    def _edit(self, index: QModelIndex) -> None:
        if self.table.rows_model.columns[index.column()].editable:
            self.table.edit(index)

    def _edited(self, row: FileColumn, _key: str, meaning: str) -> None:
        if row.heading:
            self.column_chosen.emit(row.heading, meaning)
        else:
            self.nameless_chosen.emit()


def _heading(row: FileColumn) -> str:
    return row.heading or "–"


class _Settings(QScrollArea):
    """Pairs of words and boxes; the first entry of a box says what was found out."""

    chosen = Signal(str, str)

    def __init__(self, render: Render) -> None:
        super().__init__()
        self._render = render
        self._shown: tuple[Setting, ...] = ()
        self.boxes: dict[str, ChoiceBox] = {}
        self.setWidgetResizable(True)
        self.setFixedWidth(SETTINGS_WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._holder = QWidget()
        self.setWidget(self._holder)

    def show_settings(self, settings: Sequence[Setting]) -> None:
        """Show settings; boxes of the same ones stay, and keep the keyboard."""
        if [item.key for item in settings] != [item.key for item in self._shown]:
            self._build(settings)
        self._shown = tuple(settings)
        for setting in settings:
            box = self.boxes[setting.key]
            values = ("", *(answer.value for answer in setting.answers))
            found = message("{found} (automatic)", found=setting.found)
            words = [found, *(answer.label for answer in setting.answers)]
            texts = [self._render(text) for text in words]
            if [box.itemText(at) for at in range(box.count())] != texts:
                box.clear()
                box.addItems(texts)
            box.setProperty("values", list(values))
            at = values.index(setting.value) if setting.value in values else -1
            if at < 0:
                box.addItem(setting.value)
                box.setProperty("values", [*values, setting.value])
                at = box.count() - 1
            box.setCurrentIndex(at)

    def _build(self, settings: Sequence[Setting]) -> None:
        self._holder.deleteLater()
        self._holder = QWidget()
        self._holder.setObjectName("scrolled")
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 6, 8, 0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self.boxes = {}
        for place, setting in enumerate(settings):
            label = styled_label(self._render(setting.label))
            label.setWordWrap(True)
            box = ChoiceBox()
            box.setMinimumWidth(120)
            box.setSizeAdjustPolicy(
                ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setAccessibleName(label.text())
            box.activated.connect(lambda at, key=setting.key: self._tell(key, at))
            label.setBuddy(box)
            self.boxes[setting.key] = box
            grid.addWidget(label, place, 0)
            grid.addWidget(box, place, 1)
        grid.setColumnMinimumWidth(0, 120)
        column.addLayout(grid)
        column.addStretch(1)
        self.setWidget(self._holder)

    def _tell(self, key: str, at: int) -> None:
        values = self.boxes[key].property("values")
        if 0 <= at < len(values):
            self.chosen.emit(key, values[at])
