"""The interval grid: copy and paste as in a spreadsheet, keys, marks, and its speed."""

from __future__ import annotations

import csv
import io
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ui.models.interval_model import GridContent, IntervalModel, exact_text
from ui.models.placing import Area, place
from ui.models.tsv import read_block, write_block
from ui.theme import LIGHT, apply_theme
from ui.translate import render_in
from ui.widgets.interval_cells import ColumnHead
from ui.widgets.interval_grid import IntervalGrid
from wfm.messages import Message

ROWS, COLUMNS = 12, 7
DAYS = ("30 Mon", "1 Tue", "2 Wed", "3 Thu", "4 Fri", "5 Sat", "6 Sun")


def content(values: np.ndarray, editable: np.ndarray | None = None) -> GridContent:
    rows = tuple(f"{8 + row // 4:02d}:{row % 4 * 15:02d}" for row in range(values.shape[0]))
    columns = DAYS if values.shape[1] == 7 else tuple(f"d{n}" for n in range(values.shape[1]))
    allowed = np.ones(values.shape, dtype=np.bool_) if editable is None else editable
    return GridContent(values, rows, columns, allowed, decimals=1)


class Board:
    """A grid that shows what is entered into it, as a screen does, and counts the edits."""

    def __init__(self, qtbot: QtBot, values: np.ndarray, editable: np.ndarray | None = None):
        self.grid = IntervalGrid("en", render_in("en"), name="Grid")
        self.editable = editable
        self.values = values
        self.edits: list[dict[tuple[int, int], float]] = []
        self.told: list[tuple[str, str]] = []
        self.totals: list[tuple[int, float]] = []
        self.grid.entered.connect(self._take)
        self.grid.cleared.connect(lambda cells: self._take(dict.fromkeys(cells, 0.0)))
        self.grid.told.connect(self._hear)
        self.grid.total_entered.connect(lambda column, number: self.totals.append((column, number)))
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, LIGHT)
        qtbot.addWidget(self.grid)
        self.grid.resize(760, 420)
        self.show()
        self.grid.show()
        self.grid.body.setFocus()
        qtbot.waitUntil(self.grid.body.hasFocus)

    def show(self) -> None:
        shown = content(self.values, self.editable)
        heads = [ColumnHead(day) for day in shown.columns]
        self.grid.show_grid(shown, heads, self.values.sum(axis=0), total="Total")

    def _take(self, numbers: dict[tuple[int, int], float]) -> None:
        self.edits.append(numbers)
        self.values = self.values.copy()
        for cell, value in numbers.items():
            self.values[cell] = value
        self.show()

    def _hear(self, text: Message, tone: str) -> None:
        self.told.append((render_in("en")(text), tone))

    def keys(self, *keys: Qt.Key | str, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Send keys to whoever has the focus, so that an open editor gets them."""
        for key in keys:
            if isinstance(key, str):
                for sign in key:
                    pressed = QKeyEvent.Type.KeyPress
                    event = QKeyEvent(pressed, 0, Qt.KeyboardModifier.NoModifier, sign)
                    QApplication.sendEvent(self.grid.focusWidget() or self.grid.body, event)
            else:
                target = self.grid.focusWidget() or self.grid.body
                QTest.keyClick(target, key, modifier or Qt.KeyboardModifier.NoModifier)

    def go(self, row: int, column: int) -> None:
        self.grid.body.go_to(row, column)


@pytest.fixture
def board(qtbot: QtBot) -> Board:
    editable = np.ones((ROWS, COLUMNS), dtype=np.bool_)
    editable[0, 6] = False
    return Board(
        qtbot, np.arange(ROWS * COLUMNS, dtype=float).reshape(ROWS, COLUMNS) * editable, editable
    )


CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


# --- typing ---------------------------------------------------------------------------------------


def test_a_typed_number_is_one_edit_and_enter_goes_down(board: Board) -> None:
    board.go(1, 2)
    board.keys("42", Qt.Key.Key_Return)
    assert board.edits == [{(1, 2): 42.0}]
    assert board.grid.current() == (2, 2)


def test_full_width_digits_and_thousands_are_numbers(board: Board) -> None:
    board.go(1, 2)
    board.keys("１，２３４", Qt.Key.Key_Tab)
    assert board.edits == [{(1, 2): 1234.0}]
    assert board.grid.current() == (1, 3)


def test_f2_edits_the_exact_number_and_escape_leaves_it(board: Board) -> None:
    board.values[1, 2] = 12.34567
    board.show()
    board.go(1, 2)
    board.keys(Qt.Key.Key_F2)
    editor = board.grid.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "12.3457"
    board.keys(Qt.Key.Key_Return)
    assert board.edits == []
    board.go(1, 2)
    board.keys(Qt.Key.Key_F2, "9", Qt.Key.Key_Escape)
    assert board.edits == []


def test_control_enter_fills_the_selection_with_one_edit(board: Board) -> None:
    board.grid.body.select_area(Area(1, 1, 3, 2))
    board.keys("5")
    board.keys(Qt.Key.Key_Return, modifier=CONTROL)
    assert board.edits == [{(row, column): 5.0 for row in (1, 2, 3) for column in (1, 2)}]


def test_text_that_is_no_number_is_refused_with_its_place(board: Board) -> None:
    board.go(1, 2)
    board.keys("abc", Qt.Key.Key_Return)
    assert board.edits == []
    assert board.told == [("2 Wed 08:15: “abc” is not a number. Nothing was changed.", "bad")]
    assert board.grid.model.marked == {(1, 2)}


def test_a_closed_interval_says_why_it_takes_no_number(board: Board) -> None:
    board.go(0, 6)
    board.keys("5")
    assert board.edits == []
    assert board.told[0][0].startswith("6 Sun 08:00 is outside the opening hours")
    assert board.grid.model.marked == {(0, 6)}


def test_delete_clears_the_selection_but_no_closed_interval(board: Board) -> None:
    board.grid.body.select_area(Area(0, 5, 1, 6))
    board.keys(Qt.Key.Key_Delete)
    assert board.edits == [{(0, 5): 0.0, (1, 5): 0.0, (1, 6): 0.0}]


def test_an_input_methods_text_opens_the_editor_and_its_commit_stays_there(board: Board) -> None:
    board.go(1, 2)
    QApplication.sendEvent(board.grid.body, QInputMethodEvent("１", []))
    editor = board.grid.body.viewport().findChild(QLineEdit)
    assert editor is not None
    composed = QInputMethodEvent("", [])
    composed.setCommitString("１２")
    QApplication.sendEvent(editor, composed)
    assert board.edits == []
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert board.edits == [{(1, 2): 12.0}]


# --- moving ---------------------------------------------------------------------------------------


def test_control_and_arrows_jump_to_the_edge_and_shift_takes_the_way_along(board: Board) -> None:
    board.go(3, 3)
    board.keys(Qt.Key.Key_Down, modifier=CONTROL)
    assert board.grid.current() == (ROWS - 1, 3)
    board.keys(Qt.Key.Key_Left, modifier=CONTROL | SHIFT)
    assert set(board.grid.selected()) == {(ROWS - 1, column) for column in range(4)}


def test_up_from_the_first_row_reaches_the_totals_which_can_be_typed(board: Board) -> None:
    board.go(0, 2)
    board.keys(Qt.Key.Key_Up)
    assert board.grid.totals.hasFocus()
    board.keys("900", Qt.Key.Key_Return)
    assert board.totals == [(2, 900.0)]
    assert board.grid.body.hasFocus()


def test_tab_leaves_the_grid_behind_its_last_cell(board: Board, qtbot: QtBot) -> None:
    other = QLineEdit()
    qtbot.addWidget(other)
    board.grid.layout().addWidget(other)  # type: ignore[union-attr]
    other.show()
    board.go(ROWS - 1, COLUMNS - 1)
    board.keys(Qt.Key.Key_Tab)
    assert other.hasFocus()


def test_a_click_on_a_day_selects_the_day(board: Board, qtbot: QtBot) -> None:
    days = board.grid.totals.days
    x = days.sectionViewportPosition(2) + 20
    qtbot.mouseClick(days.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
    assert set(board.grid.selected()) == {(row, 2) for row in range(ROWS)}


# --- clipboard ------------------------------------------------------------------------------------


def paste(board: Board, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    board.keys(Qt.Key.Key_V, modifier=CONTROL)


def test_a_block_from_a_spreadsheet_is_pasted_as_one_edit(board: Board) -> None:
    board.go(1, 1)
    paste(board, '１０\t"1,234"\r\n\t3.5\r\n')
    assert board.edits == [{(1, 1): 10.0, (1, 2): 1234.0, (2, 2): 3.5}]
    assert set(board.grid.selected()) == {(1, 1), (1, 2), (2, 1), (2, 2)}


def test_a_single_value_fills_the_selection(board: Board) -> None:
    board.grid.body.select_area(Area(2, 2, 4, 3))
    paste(board, "7\r\n")
    assert board.edits == [{(row, column): 7.0 for row in (2, 3, 4) for column in (2, 3)}]


def test_cells_beyond_the_grid_are_counted_and_the_edge_is_marked(board: Board) -> None:
    board.go(ROWS - 1, 0)
    paste(board, "1\t2\n3\t4\n5\t\n")
    assert board.edits == [{(ROWS - 1, 0): 1.0, (ROWS - 1, 1): 2.0}]
    assert board.told[0][0].startswith("3 cells of the block did not fit")
    assert board.told[0][1] == "warn"
    assert board.grid.model.marked == {(ROWS - 1, 0), (ROWS - 1, 1)}


def test_a_block_with_one_wrong_cell_changes_nothing(board: Board) -> None:
    board.go(1, 1)
    paste(board, "1\t2\nx\ty\n")
    assert board.edits == []
    assert board.told[0][0].startswith("2 cells are not numbers, the first is 1 Tue 08:30: “x”")
    assert board.grid.model.marked == {(2, 1), (2, 2)}


def test_a_block_over_a_closed_interval_is_refused_unless_it_is_blank_there(board: Board) -> None:
    board.go(0, 5)
    paste(board, "1\t2\n")
    assert board.edits == []
    assert "6 Sun 08:00 is outside the opening hours" in board.told[0][0]
    paste(board, "1\t\n")
    assert board.edits == [{(0, 5): 1.0}]


def test_cutting_copies_and_deletes(board: Board) -> None:
    board.grid.body.select_area(Area(1, 1, 1, 2))
    board.keys(Qt.Key.Key_X, modifier=CONTROL)
    assert QGuiApplication.clipboard().text() == "8\t9\r\n"
    assert board.edits == [{(1, 1): 0.0, (1, 2): 0.0}]


def test_copying_with_titles_names_days_and_times(board: Board) -> None:
    text = board.grid.model.as_tsv(Area(0, 5, 1, 6), titles=True)
    assert text == "\t5 Sat\t6 Sun\r\n08:00\t5\t\r\n08:15\t12\t13\r\n"


def test_the_context_menu_offers_what_the_keys_do(board: Board, qtbot: QtBot) -> None:
    menu = board.grid.body.make_menu()
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == ["Copy", "Copy with days and times", "Cut", "Paste", "Delete the numbers"]
    menu.actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == "0\r\n"
    menu.deleteLater()


# --- blocks against an independent reading --------------------------------------------------------

CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=("Cs",)), max_size=6
)


@given(st.integers(1, 5).flatmap(lambda n: st.lists(
    st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=6)))  # fmt: skip
def test_a_written_block_is_read_as_it_was(rows: list[list[str]]) -> None:
    # a lone blank column ends in a blank line, which spreadsheets cannot tell from nothing
    assert read_block(write_block(rows)) == rows


@given(st.lists(st.lists(st.integers(0, 99), min_size=3, max_size=3), min_size=1, max_size=5))
def test_line_ends_of_every_system_give_the_same_block(rows: list[list[int]]) -> None:
    lines = ["\t".join(map(str, row)) for row in rows]
    blocks = [read_block(end.join(lines) + end) for end in ("\r\n", "\n", "\r")]
    assert blocks == [[[str(item) for item in row] for row in rows]] * 3


@given(
    st.lists(
        st.floats(0, 1e6, allow_nan=False).map(lambda value: round(value, 7)),
        min_size=6, max_size=6,
    )
)  # fmt: skip
def test_what_is_copied_and_pasted_back_changes_nothing(values: list[float]) -> None:
    model = IntervalModel("en")
    model.show(content(np.array(values).reshape(3, 2)))
    edits: list[object] = []
    model.entered.connect(edits.append)
    whole = Area(0, 0, 2, 1)
    assert model.paste(model.as_tsv(whole), [whole]) == whole
    assert edits == []


@given(
    st.integers(1, 6), st.integers(1, 4), st.integers(0, 5), st.integers(0, 3),
    st.integers(1, 6), st.integers(1, 4),
)  # fmt: skip
def test_a_block_lands_where_a_spreadsheet_would_put_it(
    height: int, width: int, top: int, left: int, rows: int, columns: int
) -> None:
    shape = (6, 4)
    rows, columns = min(rows, 6 - top), min(columns, 4 - left)
    block = [[f"{row}.{column}" for column in range(width)] for row in range(height)]
    placed = place(block, [Area(top, left, top + rows - 1, left + columns - 1)], shape)
    tiled = rows % height == 0 and columns % width == 0
    expected = {}
    for row in range(rows if tiled else height):
        for column in range(columns if tiled else width):
            if top + row < 6 and left + column < 4:
                expected[top + row, left + column] = block[row % height][column % width]
    assert placed.texts == expected
    lost = 0 if tiled or height == width == 1 else height * width - len(expected)
    assert placed.outside == lost


@given(st.floats(0, 1e9))
def test_a_copied_number_is_exact_to_four_decimals(value: float) -> None:
    assert float(exact_text(value)) == round(value, 4)


# --- speed ----------------------------------------------------------------------------------------


def test_672_by_20_cells_are_pasted_copied_and_painted_in_a_tenth_of_a_second(qtbot: QtBot) -> None:
    rng = np.random.default_rng(1)
    board = Board(qtbot, np.zeros((672, 20)))
    block = rng.uniform(0, 500, (672, 20)).round(1)
    text = io.StringIO(newline="")
    csv.writer(text, dialect="excel-tab").writerows(block.tolist())
    QGuiApplication.clipboard().setText(text.getvalue())
    board.go(0, 0)
    best = 1e9
    for _ in range(3):
        board.values = np.zeros((672, 20))
        board.show()
        start = time.perf_counter()
        board.grid.body.paste()
        board.grid.body.viewport().repaint()
        best = min(best, time.perf_counter() - start)
    assert len(board.edits[-1]) == np.count_nonzero(block)
    assert np.array_equal(board.values, block)
    start = time.perf_counter()
    copied = board.grid.model.as_tsv(Area(0, 0, 671, 19))
    copying = time.perf_counter() - start
    assert np.array_equal(np.array(read_block(copied), dtype=float), block)
    print(f"paste 672×20: {best * 1000:.1f} ms, copy {copying * 1000:.1f} ms")
    assert best < 0.1
    assert copying < 0.1


def test_standard_keys_are_those_of_the_platform() -> None:
    event = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_C, CONTROL)
    assert event.matches(QKeySequence.StandardKey.Copy)
