"""The pinned Qt binding keeps the references of None and True."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLabel

CALLS = 300_000


class Sender(QObject):
    """Emits a truth."""

    heard = Signal(bool)


@pytest.mark.slow
def test_qt_calls_lose_no_reference_to_none_or_true(qapp: QApplication) -> None:
    label, sender = QLabel(), Sender()
    sender.heard.connect(label.setVisible)
    label.setVisible(False)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(CALLS // 3):
        label.setText("x")
        label.setIndent(1)
        sender.heard.emit(False)
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert after[0] - before[0] > -100
    assert after[1] - before[1] > -100
