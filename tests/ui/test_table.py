"""The table: sticky columns, order, search, editing in place, copying, and its speed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from ui.theme import DARK, LIGHT, apply_theme, font
from ui.widgets.table import ROW_HEIGHT, Column, Table, folded
from ui.widgets.table_cells import PADDING


@dataclass(frozen=True)
class Row:
    key: int
    name: str
    team: str
    hours: float | None


ROWS = (
    Row(1, "佐々木 遥", "a", 40.0),
    Row(2, "ササキ ケン", "b", None),
    Row(3, "田中 健", "a", 37.5),
    Row(4, "Tanaka Aya", "b", 24.0),
)


def columns() -> tuple[Column, ...]:
    return (
        Column("name", "Name", lambda r: r.name, width=120, searched=True, editable=True),
        Column(
            "team", "Team", lambda r: f"team {r.team}", width=400, editable=True,
            edit=lambda r: r.team, choices=lambda: [("a", "team a"), ("b", "team b")],
        ),
        Column(
            "hours", "Hours", lambda r: "" if r.hours is None else f"{r.hours:.1f}", width=400,
            side="right", sort=lambda r: r.hours,
        ),
        Column("marks", "Marks", lambda r: f"{r.team}\t{r.key}", width=400,
               chips=lambda r: (r.team, str(r.key))),
        Column("place", "Place", lambda _r: "", width=200, editable=True),
    )  # fmt: skip


@pytest.fixture
def table(qtbot: QtBot, qapp: QApplication) -> Table:
    apply_theme(qapp, LIGHT)
    made = Table(columns(), key=lambda r: r.key, name="People", sticky=1, hint="Nobody")
    qtbot.addWidget(made)
    made.set_rows(ROWS)
    made.resize(600, 300)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.setFocus()
    return made


def keys(table: Table) -> list[int]:
    return [row.key for row in table.shown]


def click(
    qtbot: QtBot, table: Table, line: int, column: int, keys: Any = Qt.KeyboardModifier.NoModifier
) -> None:
    point = table.visualRect(table.rows_model.index(line, column)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, keys, point)


def test_the_first_column_stays_while_the_others_scroll(table: Table) -> None:
    table.horizontalScrollBar().setValue(300)
    assert table._sticky.isVisible()
    assert table._sticky.columnViewportPosition(0) == 0
    assert table._sticky.width() == 120
    assert table.columnViewportPosition(1) < 0
    assert [table._sticky.isColumnHidden(place) for place in range(5)] == [
        False,
        True,
        True,
        True,
        True,
    ]


def test_columns_have_their_widths_and_rows_their_height(table: Table) -> None:
    assert [table.columnWidth(place) for place in range(5)] == [120, 400, 400, 400, 200]
    table.set_rows(ROWS[:2])
    assert [table.columnWidth(place) for place in range(5)] == [120, 400, 400, 400, 200]
    assert table.rowHeight(0) == ROW_HEIGHT


def test_a_cell_moved_to_by_keys_comes_out_from_under_the_sticky_column(
    table: Table, qtbot: QtBot
) -> None:
    table.choose(1)
    for _ in range(3):
        qtbot.keyClick(table, Qt.Key.Key_Right)
    for _ in range(2):
        qtbot.keyClick(table, Qt.Key.Key_Left)
    assert table.currentIndex().column() == 1
    assert table.visualRect(table.currentIndex()).left() >= table._sticky.width()


def test_a_click_on_a_head_sorts_and_a_second_one_turns_the_order(
    table: Table, qtbot: QtBot
) -> None:
    heads = table.horizontalHeader()
    place = QPoint(heads.sectionViewportPosition(2) + 20, 10)
    qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert keys(table) == [4, 3, 1, 2]
    qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert keys(table) == [1, 3, 4, 2]


def test_alt_and_arrows_sort_by_the_current_column(table: Table, qtbot: QtBot) -> None:
    table.choose(1)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert keys(table) == sorted(keys(table), key=lambda key: ROWS[key - 1].name, reverse=True)
    assert [row.key for row in table.selected] == [1]


@pytest.mark.parametrize(
    ("text", "found"),
    [("ささき", [2]), ("ｓａｓａｋｉ", []), ("tanaka aya", [4]), ("健", [3]), ("", [1, 2, 3, 4])],
)
def test_a_search_finds_every_word_in_any_width_and_kana(
    table: Table, text: str, found: list[int]
) -> None:
    table.set_search(text)
    assert keys(table) == found


def test_folding_treats_full_width_and_katakana_alike() -> None:
    assert folded("ＡＢＣ ｻｻｷ") == folded("abc ササキ") == "abc ささき"


def test_selection_and_place_outlive_other_rows_and_a_lost_row_is_told(
    table: Table, qtbot: QtBot
) -> None:
    click(qtbot, table, 1, 2)
    click(qtbot, table, 2, 2, Qt.KeyboardModifier.ControlModifier)
    assert [row.key for row in table.selected] == [2, 3]
    with qtbot.assertNotEmitted(table.chosen):
        table.set_rows(reversed(ROWS))
    assert [row.key for row in table.selected] == [3, 2]
    with qtbot.waitSignal(table.chosen):
        table.set_filter(lambda row: row.team == "a")
    assert [row.key for row in table.selected] == [3]
    assert table.currentIndex().row() == table.rows_model.place_of(3)


def test_a_name_is_edited_in_the_sticky_column_by_f2_and_told_not_changed(
    table: Table, qtbot: QtBot
) -> None:
    told: list[tuple[object, str, object]] = []
    table.edited.connect(lambda *what: told.append(what))
    table.choose(3)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert table._sticky.isAncestorOf(field)
    assert field.text() == "田中 健"
    qtbot.keyClicks(field, "x")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(ROWS[2], "name", "x")]
    assert table.shown[2].name == "田中 健"
    qtbot.waitUntil(lambda: QApplication.focusWidget() is table)


def test_typing_starts_editing_and_escape_leaves_the_cell_alone(table: Table, qtbot: QtBot) -> None:
    told: list[object] = []
    table.edited.connect(lambda *what: told.append(what))
    table.choose(1)
    qtbot.keyClick(table, Qt.Key.Key_Q)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.text() == "q"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is table)
    assert not told


def test_an_input_method_opens_the_editor_with_what_it_composes(table: Table, qtbot: QtBot) -> None:
    table.choose(1)
    for column, text in ((0, "髙橋"), (4, "東")):
        table.setCurrentIndex(table.rows_model.index(0, column))
        QApplication.sendEvent(table, QInputMethodEvent("た", []))
        QApplication.sendEvent(table, QInputMethodEvent("たかはし", []))
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(table, event)
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        assert field.text() == text
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is table)


def test_a_choice_is_taken_as_soon_as_it_is_made(table: Table, qtbot: QtBot) -> None:
    told: list[tuple[object, str, object]] = []
    table.edited.connect(lambda *what: told.append(what))
    point = table.visualRect(table.rows_model.index(0, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=point)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=point)
    box = table.findChild(QComboBox)
    assert isinstance(box, QComboBox)
    assert box.currentData() == "a"
    qtbot.waitUntil(lambda: box.view().isVisible())
    qtbot.keyClick(box.view(), Qt.Key.Key_Down)
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(ROWS[0], "team", "b")]


def test_a_double_click_opens_a_row_only_where_nothing_is_edited(
    table: Table, qtbot: QtBot
) -> None:
    opened: list[Row] = []
    table.opened.connect(opened.append)
    table.horizontalScrollBar().setValue(500)
    point = table.visualRect(table.rows_model.index(1, 2)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=point)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert opened == [ROWS[1]]
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == [ROWS[1], ROWS[1]]


def test_copied_rows_carry_titles_and_quote_what_a_cell_cannot_hold(
    table: Table, qtbot: QtBot
) -> None:
    click(qtbot, table, 0, 2)
    click(qtbot, table, 1, 2, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == (
        "Name\tTeam\tHours\tMarks\tPlace\n"
        '佐々木 遥\tteam a\t40.0\t"a\t1"\t\n'
        'ササキ ケン\tteam b\t\t"b\t2"\t\n'
    )


def test_widths_and_order_can_be_kept_and_brought_back(table: Table, qtbot: QtBot) -> None:
    table.setColumnWidth(1, 77)
    table.sort_by("hours", descending=True)
    other = Table(columns(), key=lambda r: r.key, name="People", sticky=1)
    qtbot.addWidget(other)
    other.set_rows(ROWS)
    other.arrange(table.arrangement())
    assert other.columnWidth(1) == 77
    assert keys(other) == keys(table)


def test_the_line_under_the_mouse_is_marked_in_all_columns(table: Table, qtbot: QtBot) -> None:
    qtbot.mouseMove(table.viewport(), QPoint(300, ROW_HEIGHT + 5))
    assert table.cells.hovered == table._sticky.cells.hovered == 1


def test_an_empty_table_says_why_and_another_theme_repaints(
    table: Table, qapp: QApplication
) -> None:
    table.set_search("nobody by that name")
    assert not table.shown
    apply_theme(qapp, DARK)
    assert table.grab().toImage().pixelColor(5, 100).name().upper() == DARK.panel


def test_cells_speak_their_columns_title(table: Table) -> None:
    index = table.rows_model.index(0, 2)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Hours: 40.0"
    assert table.accessibleName() == "People"


def test_five_thousand_rows_are_shown_searched_and_sorted_at_once(
    qtbot: QtBot, qapp: QApplication
) -> None:
    apply_theme(qapp, LIGHT)
    many = tuple(Row(n, f"{ROWS[n % 4].name} {n}", "ab"[n % 2], float(n % 41)) for n in range(5000))
    more = tuple(
        Column(f"c{n}", f"C{n}", lambda r, n=n: f"{r.key} {n}", searched=n < 2) for n in range(16)
    )

    def timed(work: Any) -> float:
        start = time.perf_counter()
        work()
        qapp.processEvents()
        return (time.perf_counter() - start) * 1000

    made: list[Table] = []

    def show() -> None:
        table = Table((*columns(), *more), key=lambda r: r.key, name="Many", sticky=1)
        table.set_rows(many)
        table.resize(1400, 800)
        table.show()
        made.append(table)

    # several times the aim: the machine may be busy with something else
    assert timed(show) < 600
    table = made[0]
    qtbot.addWidget(table)
    table.set_search("warm up")
    assert timed(lambda: table.set_search("49")) < 200
    assert timed(lambda: table.set_search("")) < 200
    assert timed(lambda: table.sort_by("hours")) < 200


def test_a_column_that_may_grow_shows_the_longest_of_its_texts_whole(qtbot: QtBot) -> None:
    names = ("Ai Ito", "Yumiko Takahashi-Nakamura", "Bo")
    columns = (
        Column("name", "Name", lambda row: row, width=60, widest=300, bold=True),
        Column("same", "Same", lambda row: row, width=60, widest=90),
        Column("fixed", "Fixed", lambda row: row, width=60),
    )
    table = Table(columns, key=lambda row: row, name="People", sticky=1)
    qtbot.addWidget(table)
    table.set_rows(names)
    room = table.columnWidth(0) - 2 * PADDING
    assert QFontMetrics(font(bold=True)).horizontalAdvance(names[1]) <= room < 300
    assert (table.columnWidth(1), table.columnWidth(2)) == (90, 60)
    table.setColumnWidth(0, 70)  # what the user chooses stays, whoever comes
    table.set_rows(("Somebody with a very long name indeed", *names))
    assert table.columnWidth(0) == 70


def test_widths_that_were_kept_are_not_grown(qtbot: QtBot) -> None:
    column = Column("name", "Name", lambda row: row, width=60, widest=300)
    table = Table((column,), key=lambda row: row, name="People")
    qtbot.addWidget(table)
    table.arrange({"widths": {"name": 80}})
    table.set_rows(("Yumiko Takahashi-Nakamura",))
    assert table.columnWidth(0) == 80
