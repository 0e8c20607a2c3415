"""The import panel with real widgets: a file is looked at, questioned and imported by hand."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.imports.files import Rows, write_csv
from tests.ui.centre import DeskOn, settle
from ui.desk import Desk
from ui.forecast.import_file import FOLDER, cleaned
from ui.forecast.import_panel import ImportPanel
from wfm.model.workload import HistoryDay
from wfm.services.importing import Imported
from wfm.workspace import Workspace

HEAD = ["日付", "時間帯", "窓口", "着信数", "応答数", "平均処理時間"]
DAYS: Rows = [
    ["2026/11/24", "09:00", "新窓口", 10, 9, "5:00"],
    ["2026/11/24", "09:30", "新窓口", 12, 12, "4:00"],
    ["2026/11/24", "10:00", "新窓口", "たくさん", 3, "4:00"],
]
AMBIGUOUS: Rows = [HEAD, ["03/04/2026", "09:00", "新窓口", 10, 9, "5:00"]]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(desk_on: DeskOn, sample_centre: Path) -> Desk:
    """The desk of an unplanned centre."""
    return desk_on(sample_centre)


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> ImportPanel:
    """A shown panel for contact history."""
    return shown(ImportPanel(desk), qtbot)


def shown(panel: ImportPanel, qtbot: QtBot) -> ImportPanel:
    """Show a panel as large as it is in a window of 1366 × 768."""
    qtbot.addWidget(panel)
    panel.resize(1142, 660)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def type_path(panel: ImportPanel, path: Path, qtbot: QtBot) -> None:
    """Type a path and press Enter."""
    line = panel.line.line
    line.clear()
    qtbot.keyClicks(line, str(path))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(panel.desk, qtbot)


def click(button: QPushButton, panel: ImportPanel, qtbot: QtBot) -> None:
    """Click a button that is shown, and wait for what follows."""
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, LEFT)
    settle(panel.desk, qtbot)


def history(panel: ImportPanel, queue: str) -> list[HistoryDay]:
    found: list[HistoryDay] = []

    def read(workspace: Workspace) -> list[HistoryDay]:
        with workspace._session.database.read() as store:
            return list(store.where(HistoryDay, queue=queue))

    panel.desk.ask(read, found.extend)
    return found


def file(tmp_path: Path, rows: Rows | None = None, name: str = "acd.csv") -> Path:
    return write_csv(tmp_path / name, [HEAD, *DAYS] if rows is None else rows, "cp932")


def test_a_typed_path_shows_what_the_file_holds_and_what_is_rejected(
    panel: ImportPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    assert panel.zone.isVisible()
    assert not panel.foot.import_button.isVisible()
    type_path(panel, file(tmp_path), qtbot)
    assert not panel.zone.isVisible()
    assert panel.figures.cards["rows"].figure == "2"
    assert panel.figures.cards["rejected"].figure == "1"
    assert [queue.name for queue in panel.details.content.shown] == ["新窓口"]
    click(panel.details.tabs.buttons["rejected"], panel, qtbot)
    table = panel.details.rejected.table
    (problem,) = table.shown
    texts = [column.text(problem) for column in table.rows_model.columns]
    assert texts[:4] == ["4", "着信数", "たくさん", "this is not a number"]
    assert texts[4].startswith("Write a plain number")
    click(panel.details.tabs.buttons["rows"], panel, qtbot)
    first = panel.details.first
    cells = [column.text(first.shown[0]) for column in first.rows_model.columns]
    assert cells[:6] == ["2", "Tue 24 Nov 2026 09:00–09:30", "新窓口", "10", "9", "300"]
    assert cells[6:] == ["2026/11/24", "09:00", "新窓口", "10", "9", "5:00"]
    assert panel.foot.import_button.text() == "Import 2 rows"


def test_a_file_is_imported_by_mouse_and_the_panel_says_what_happened(
    panel: ImportPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    done: list[Imported] = []
    kinds: list[frozenset[str]] = []
    panel.finished.connect(done.append)
    panel.desk.changed.connect(kinds.append)
    type_path(panel, file(tmp_path), qtbot)
    click(panel.foot.import_button, panel, qtbot)
    assert [(item.accepted, item.rejected) for item in done] == [(2, 1)]
    assert {"history_day", "queue"} <= kinds[0]
    assert panel.done.title.text() == "2 rows imported from acd.csv."
    assert "1 row was rejected" in panel.done.notes.text()
    assert panel.details.rejected.table.isVisible()
    assert not panel.foot.import_button.isVisible()
    found = history(panel, "新窓口")
    settle(panel.desk, qtbot)
    assert [day.columns["offered"][18] for day in found] == [10]
    wanted: list[str] = []
    panel.desk.wanted.connect(lambda screen, _where: wanted.append(screen))
    with qtbot.waitSignal(panel.closed):
        click(panel.done.next_button, panel, qtbot)
    assert wanted == ["forecast"]


def test_the_order_of_day_and_month_is_answered_by_keyboard(
    panel: ImportPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    type_path(panel, file(tmp_path, AMBIGUOUS), qtbot)
    box = panel.questions.box("date_order:日付")
    assert panel.focusWidget() is box
    assert not panel.foot.import_button.isEnabled()
    assert panel.foot.text.text() == "1 question is open; answer it first."
    assert box.itemText(1) == "Day / month / year → Fri 3 Apr 2026"
    qtbot.keyClick(box, Qt.Key.Key_Down)
    settle(panel.desk, qtbot)
    assert panel.questions.box("date_order:日付") is box
    assert panel.focusWidget() is box
    assert panel.foot.import_button.isEnabled()
    (queue,) = panel.details.content.shown
    assert queue.first.isoformat() == "2026-04-03"
    qtbot.keyClick(box, Qt.Key.Key_Down)
    settle(panel.desk, qtbot)
    (queue,) = panel.details.content.shown
    assert queue.first.isoformat() == "2026-03-04"
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(panel.desk, qtbot)
    assert panel.done.isVisible()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("torn.xlsx", b"PK\x03\x04 torn", "not a readable workbook"),
        ("empty.csv", b"", "is empty"),
        ("nul.csv", b"a,b\n1,\0\n", "NUL"),
    ],
)
def test_a_damaged_file_is_a_sentence_and_another_one_can_be_tried(
    panel: ImportPanel, tmp_path: Path, qtbot: QtBot, name: str, content: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    type_path(panel, path, qtbot)
    assert sentence in panel.notice.text
    assert panel.notice.property("tone") == "bad"
    assert panel.zone.isVisible()
    type_path(panel, file(tmp_path), qtbot)
    assert panel.notice.text == ""
    assert panel.foot.import_button.isEnabled()


def test_a_path_without_a_file_and_a_folder_are_sentences(
    panel: ImportPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    type_path(panel, tmp_path / "none.csv", qtbot)
    assert "There is no file" in panel.notice.text
    type_path(panel, tmp_path, qtbot)
    assert "is a folder" in panel.notice.text


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read_is_a_sentence(
    panel: ImportPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    path = file(tmp_path)
    path.chmod(0)
    type_path(panel, path, qtbot)
    assert "may not read" in panel.notice.text


def test_a_file_deleted_after_the_preview_is_not_imported(
    panel: ImportPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    path = file(tmp_path)
    type_path(panel, path, qtbot)
    path.unlink()
    click(panel.foot.import_button, panel, qtbot)
    assert panel.notice.text == f"There is no file {path}. Nothing was imported."
    assert not panel.done.isVisible()
    file(tmp_path, [HEAD, *DAYS[:1]])
    click(panel.notice.action, panel, qtbot)
    assert panel.foot.import_button.text() == "Import 1 row"
    click(panel.foot.import_button, panel, qtbot)
    assert panel.done.isVisible()


def test_a_file_of_people_dropped_here_can_be_read_as_one(
    panel: ImportPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    path = write_csv(
        tmp_path / "p.csv", [["社員番号", "氏名", "契約"], ["9001", "新人 花子", "嘱託"]]
    )
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)), QUrl.fromLocalFile(str(path))])
    actions, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), actions, mime, LEFT, keys)
    QApplication.sendEvent(panel, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(panel, QDropEvent(QPointF(50, 50), actions, mime, LEFT, keys))
    assert "One file is read at a time" in panel.notice.text
    settle(panel.desk, qtbot)
    assert "holds people" in panel.notice.text
    assert not panel.foot.import_button.isVisible()
    click(panel.notice.action, panel, qtbot)
    assert panel.kind == "people"
    assert not panel.foot.import_button.isEnabled()
    box = panel.questions.box("contract:嘱託")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    settle(panel.desk, qtbot)
    (person,) = panel.details.content.shown
    assert (person.name, person.state) == ("新人 花子", "new")
    click(panel.foot.import_button, panel, qtbot)
    assert panel.done.title.text() == "1 row imported from p.csv."
    assert panel.done.next_button.text() == "Look at the people"


def test_the_meaning_of_a_column_is_chosen_in_its_line(
    panel: ImportPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    rows: Rows = [["いつ", "どこ", "なんけん"], ["2026/11/24 09:00", "新窓口", 4],
                  ["2026/11/24 09:30", "新窓口", 5]]  # fmt: skip
    type_path(panel, file(tmp_path, rows), qtbot)
    assert panel.details.tab == "columns"
    for line, meaning in enumerate(("Date and time", "Queue", "Contacts offered")):
        choose_meaning(panel, line, meaning, qtbot)
    assert [row.meaning for row in panel.details.layout_view.table.shown] == [
        "interval_start", "queue", "offered",
    ]  # fmt: skip
    assert panel.figures.cards["contacts"].figure == "9"
    choose_meaning(panel, 1, "Contacts offered", qtbot)
    assert [row.meaning for row in panel.details.layout_view.table.shown] == [
        "interval_start", "offered", "",
    ]  # fmt: skip


def choose_meaning(panel: ImportPanel, line: int, meaning: str, qtbot: QtBot) -> None:
    """Click the meaning of a line and choose another one from the list."""
    table = panel.details.layout_view.table
    column = [item.key for item in table.rows_model.columns].index("meaning")
    place = table.visualRect(table.model().index(line, column)).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=place)
    box = table.findChild(QComboBox)
    assert isinstance(box, QComboBox)
    qtbot.waitUntil(lambda: box.view().isVisible())
    rows = box.model()
    at = box.findText(meaning)
    assert at >= 0
    target = box.view().visualRect(rows.index(at, 0))
    box.view().scrollTo(rows.index(at, 0))
    target = box.view().visualRect(rows.index(at, 0))
    qtbot.mouseClick(box.view().viewport(), LEFT, pos=target.center())
    settle(panel.desk, qtbot)


def test_a_setting_is_overruled_and_given_back(
    panel: ImportPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    type_path(panel, file(tmp_path), qtbot)
    click(panel.details.tabs.buttons["columns"], panel, qtbot)
    box = panel.details.layout_view.settings.boxes["interval_label"]
    assert box.currentText() == "The beginning of the interval (automatic)"
    for _ in range(2):
        qtbot.keyClick(box, Qt.Key.Key_Down)
        settle(panel.desk, qtbot)
    assert box.currentText() == "The end of the interval"
    click(panel.details.tabs.buttons["rows"], panel, qtbot)
    first = panel.details.first
    assert "08:30–09:00" in first.rows_model.columns[1].text(first.shown[0])
    panel.details.layout_view.settings.boxes["interval_label"].activated.emit(0)
    settle(panel.desk, qtbot)
    assert "09:00–09:30" in first.rows_model.columns[1].text(first.shown[0])


def test_all_rows_or_none_keeps_a_file_with_a_rejected_row_out(
    panel: ImportPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    type_path(panel, file(tmp_path), qtbot)
    qtbot.mouseClick(panel.foot.strict, LEFT)
    assert not panel.foot.import_button.isEnabled()
    assert panel.foot.text.text() == "1 row is rejected, and you chose to import all rows or none."
    qtbot.keyClick(panel.foot.strict, Qt.Key.Key_Space)
    assert panel.foot.import_button.isEnabled()


def test_rejected_rows_are_searched_copied_and_saved(
    panel: ImportPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    rows = [HEAD, *DAYS, ["2026/11/24", "10:30", "新窓口", "=1", 3, "4:00"]]
    type_path(panel, file(tmp_path, rows), qtbot)
    click(panel.details.tabs.buttons["rejected"], panel, qtbot)
    view = panel.details.rejected
    view.search.insert("たくさん")  # as an input method does
    assert len(view.table.shown) == 1
    click(view.copy_button, panel, qtbot)
    assert "たくさん\tthis is not a number" in QApplication.clipboard().text()
    click(view.save_button, panel, qtbot)
    (dialog,) = view.findChildren(QFileDialog)
    target = tmp_path / "out.csv"
    assert Path(dialog.selectedFiles()[0]).name == "acd-rejected.csv"
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    settle(panel.desk, qtbot)
    text = target.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == "Row,Column,Value,Reason,What to do,File"
    assert len(text.splitlines()) == 3
    assert "'=1" in text
    assert str(target) in panel.notice.text


def test_a_file_is_chosen_in_the_dialog_and_its_folder_remembered(
    panel: ImportPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    path = file(tmp_path)
    click(panel.zone.button, panel, qtbot)
    (dialog,) = panel.line.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    settle(panel.desk, qtbot)
    assert panel.foot.import_button.isVisible()
    assert panel.desk.preferences.get(FOLDER) == str(tmp_path)


def test_escape_stops_a_reading_then_closes(
    panel: ImportPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    gate = threading.Event()
    panel.desk.ask(lambda _workspace: gate.wait(20), lambda _answer: None)
    line = panel.line.line
    qtbot.keyClicks(line, str(file(tmp_path)))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert panel.foot.stop_button.isVisible()
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert panel.foot.text.text() == "Stopping …"
    gate.set()
    settle(panel.desk, qtbot)
    assert "you stopped it" in panel.notice.text
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(panel, Qt.Key.Key_Escape)


def test_only_the_last_file_named_is_shown(
    panel: ImportPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    panel.open_path(file(tmp_path))
    panel.open_path(file(tmp_path, [HEAD, DAYS[0]], "second.csv"))
    settle(panel.desk, qtbot)
    assert panel.figures.cards["rows"].figure == "1"
    assert panel.notice.text == ""


def test_a_known_layout_is_read_as_before_and_can_be_read_afresh(
    panel: ImportPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    type_path(panel, file(tmp_path, AMBIGUOUS), qtbot)
    qtbot.keyClick(panel.questions.box("date_order:日付"), Qt.Key.Key_Down)
    settle(panel.desk, qtbot)
    click(panel.foot.import_button, panel, qtbot)
    click(panel.done.again_button, panel, qtbot)
    assert panel.focusWidget() is panel.line.line
    type_path(panel, file(tmp_path, AMBIGUOUS), qtbot)
    assert "Read as the last file" in panel.notice.text
    assert panel.foot.import_button.isEnabled()
    click(panel.notice.action, panel, qtbot)
    assert not panel.foot.import_button.isEnabled()
    assert "date_order:日付" in panel.questions.keys


def test_answers_survive_a_panel_that_is_built_again(
    panel: ImportPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    type_path(panel, file(tmp_path, AMBIGUOUS), qtbot)
    qtbot.keyClick(panel.questions.box("date_order:日付"), Qt.Key.Key_Down)
    settle(panel.desk, qtbot)
    click(panel.details.tabs.buttons["columns"], panel, qtbot)
    again = shown(ImportPanel(panel.desk), qtbot)
    again.restore(panel.state())
    settle(panel.desk, qtbot)
    assert again.details.tab == "columns"
    assert again.foot.import_button.isEnabled()
    empty = shown(ImportPanel(panel.desk, "people"), qtbot)
    empty.restore({})
    assert empty.zone.isVisible()


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ('  "/a/b c.csv" ', "/a/b c.csv"),
        ("file:///a/%E8%A1%A8.csv", "/a/表.csv"),
        ("'/a.csv'", "/a.csv"),
        ("   ", ""),
    ],
)
def test_a_pasted_path_is_read_as_meant(typed: str, path: str) -> None:
    assert cleaned(typed) == path


def test_everything_has_a_name_for_those_who_do_not_see(
    panel: ImportPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    type_path(panel, file(tmp_path, AMBIGUOUS), qtbot)
    for kind in (QPushButton, QComboBox):
        nameless = [
            item
            for item in panel.findChildren(kind)
            if item.isVisible() and not (item.accessibleName() or getattr(item, "text", str)())
        ]
        assert not nameless
