"""Python's search for unreachable cycles, made where the widgets live.

The interpreter's own search runs in whichever thread happens to allocate.  In a worker it would
destroy widgets that the window has let go of outside of their thread, and Qt may crash on that.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication

from wfm.services.source_files import is_collection_paused

TICK_MS = 500
"""A worker makes some ten thousand objects in this time, which are looked through in a frame."""
IDLE_TICKS = 10
"""Ticks without a key or a movement after which the user does not notice a longer pause."""
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.TouchUpdate,
        QEvent.Type.Wheel,
    }
)


class Collector(QObject):
    """Takes the search over from the interpreter between :meth:`begin` and :meth:`end`.

    What is young is looked through often, everything only while ``at_rest`` says that no work
    runs and the user has left keys and pointer alone for some seconds.
    """

    def __init__(self, at_rest: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at_rest = at_rest
        self._idle = 0
        self._automatic = gc.isenabled()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    def begin(self) -> None:
        """Switch the interpreter's own search off and search from a timer."""
        self._automatic = gc.isenabled()
        gc.disable()
        self._timer.start()

    def end(self) -> None:
        """Give the search back to the interpreter, if it had it."""
        self._timer.stop()
        if self._automatic:
            gc.enable()

    def watch(self, window: QWindow) -> None:
        """Notice the user's input in a window; its widgets are not asked one by one."""
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note that the user is at work."""
        if event.type() in _INPUT:
            self._idle = 0
        return False

    @Slot()
    def tick(self) -> None:
        """Look through the generation whose turn it is, as the interpreter would choose it."""
        self._idle += 1
        if is_collection_paused():
            return
        due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if due[2] and self._user_is_away() and self._at_rest():
            gc.collect()
        elif due[1]:
            gc.collect(1)
        elif due[0]:
            gc.collect(0)

    def _user_is_away(self) -> bool:
        return self._idle >= IDLE_TICKS and QApplication.activePopupWidget() is None
