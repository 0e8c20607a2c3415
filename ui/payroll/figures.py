"""The table person × categories of a wage month, with its line of totals."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.theme import CAPTION_PX, LIGHT, Theme, font
from ui.translate import format_number
from ui.widgets.cards import Card
from ui.widgets.table import ROW_HEIGHT, Column, Table
from ui.widgets.table_cells import PADDING
from wfm.messages import message
from wfm.model.time import format_length
from wfm.payroll import CATEGORIES, Category
from wfm.services.payroll_month import PayrollView, PersonRow

NAME_WIDTH, FIGURE_WIDTH = 128, 84
LINE_HEIGHT = ROW_HEIGHT + 4
ARROW = 12


def figure_text(category: Category, value: float, language: str) -> str:
    """Return a figure as it is shown: days as a number, minutes as hours and minutes."""
    if category.days:
        return format_number(value, language, decimals=1)
    return format_length(int(value))


class TotalsLine(QWidget):
    """The sums below the table, each under its column, wherever the table is scrolled to."""

    def __init__(self, table: Table, sticky: int) -> None:
        super().__init__()
        self._table, self._sticky, self._theme = table, sticky, LIGHT
        self._texts: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self.update())
        table.horizontalHeader().sectionResized.connect(lambda *_sizes: self.update())

    def show_texts(self, texts: tuple[str, ...], spoken: str) -> None:
        """Show a text per column of the table."""
        self._texts = texts
        self.setAccessibleName(spoken)
        self.update()

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts shown, one per column."""
        return self._texts

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the height of a row."""
        return QSize(200, LINE_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the sums; those of sticky columns last, over what scrolled under them."""
        painter = QPainter(self)
        theme, columns = self._theme, self._table.rows_model.columns
        painter.fillRect(self.rect(), QColor(theme.panel))
        painter.setFont(font(bold=True))
        places = range(len(self._texts))
        for place in (*places[self._sticky :], *places[: self._sticky]):
            left = self._table.columnViewportPosition(place)
            if place < self._sticky:
                left = sum(self._table.columnWidth(before) for before in range(place))
            box = QRect(left, 1, self._table.columnWidth(place), self.height() - 1)
            painter.fillRect(box, QColor(theme.panel))
            painter.setPen(QColor(theme.text))
            inner = box.adjusted(PADDING, 0, -PADDING, 0)
            text = painter.fontMetrics().elidedText(
                self._texts[place], Qt.TextElideMode.ElideRight, max(inner.width(), 0)
            )
            painter.drawText(inner, columns[place].alignment, text)
        painter.fillRect(0, 0, self.width(), 1, QColor(theme.line))
        painter.end()


def _width(title: str, least: int) -> int:
    """Return the width of a column that shows its title, also while rows are sorted by it."""
    metrics = QFontMetrics(font(CAPTION_PX, bold=True))
    return max(least, metrics.horizontalAdvance(title) + 2 * PADDING + ARROW)


class FiguresCard(Card):
    """Shows every person's figures; choosing a person asks for their days."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        render = desk.render
        self.table = Table(
            self._columns(),
            key=lambda row: row.agent.key,
            name=render(message("Worked time by person")),
            theme=desk.theme,
            sticky=1,
            hint=render(message("Nobody by that name works in this month.")),
        )
        self.totals = TotalsLine(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.totals)

    def _columns(self) -> tuple[Column, ...]:
        render = self._desk.render
        return (
            Column(
                "name",
                render(message("Name")),
                lambda row: row.agent.name or row.agent.key,
                width=NAME_WIDTH,
                widest=210,
                sort=lambda row: row.agent.reading or row.agent.name,
                searched=True,
            ),
            Column(
                "number",
                render(message("Number", context="employee")),
                lambda row: row.agent.number.strip() or "–",
                width=84,
                searched=True,
                tone=lambda row: "" if row.agent.number.strip() else "bad",
            ),
            *(self._figure(place, category) for place, category in enumerate(CATEGORIES)),
            Column(
                "team", render(message("Team")), lambda row: row.team, width=140, searched=True,
                tone=lambda _row: "muted",
            ),
            Column(
                "contract", render(message("Contract")), lambda row: row.contract, width=180,
                searched=True, tone=lambda _row: "muted",
            ),
        )  # fmt: skip

    def _figure(self, place: int, category: Category) -> Column:
        language = self._desk.language

        def text(row: PersonRow) -> str:
            return figure_text(category, row.figures[place], language)

        def tone(row: PersonRow) -> str:
            if not row.figures[place]:
                return "faint"
            return "warn" if category.premium else ""

        title = self._desk.render(category.name)
        return Column(
            category.key,
            title,
            text,
            width=_width(title, 64 if category.days else FIGURE_WIDTH),
            side="right",
            sort=lambda row: row.figures[place],
            tone=tone,
            bold=category.key == "worked",
        )

    def show_month(self, view: PayrollView) -> None:
        """Show the people of a month and their sums."""
        self.table.set_rows(view.rows)
        render, language = self._desk.render, self._desk.language
        count = message("{count} person", plural="{count} people", count=len(view.rows))
        sums = tuple(
            figure_text(category, value, language)
            for category, value in zip(CATEGORIES, view.totals, strict=bool(view.totals))
        )
        texts = (render(message("Total")), render(count), *sums, "", "")
        spoken = ", ".join(
            f"{column.title}: {text}"
            for column, text in zip(self.table.rows_model.columns, texts, strict=False)
            if text
        )
        self.totals.show_texts(texts, spoken)

    def chosen_agent(self) -> str | None:
        """Return the key of the one person chosen, ``None`` for none or several."""
        selected = self.table.selected
        return selected[0].agent.key if len(selected) == 1 else None

    def on_chosen(self, then: Callable[[], None]) -> None:
        """Call when another person is chosen."""
        self.table.chosen.connect(then)
