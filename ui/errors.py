"""One door for everything that goes wrong in the window.

What the user can act on (:class:`~wfm.errors.WfmError`) becomes a sentence in the window; anything
else is a bug: logged, shown once with details to copy, and the program lives on.  The log holds
where a bug happened but not its text, for texts of exceptions may quote names.
"""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.translate import Render
from wfm.errors import WfmError
from wfm.messages import Message, message

_LOG = logging.getLogger("toban.window")
_LOG_BYTES, _LOG_FILES = 500_000, 3


def log_folder() -> Path:
    """Return the folder of this user's log files."""
    return Path(platformdirs.user_log_dir("toban", appauthor=False))


class ErrorDoor(QObject):
    """Takes exceptions of any thread and shows them in the GUI thread.

    ``show_message`` shows a sentence inline; ``window`` is the parent of the dialog.
    """

    _arrived = Signal(object)

    def __init__(
        self, render: Render, show_message: Callable[[Message], None], window: QWidget | None = None
    ) -> None:
        super().__init__(window)
        self._render, self._show_message, self._window = render, show_message, window
        self._dialog: BugDialog | None = None
        self._before: tuple[object, object] | None = None
        self._handler: logging.Handler | None = None
        self._crash_file: object = None
        self._arrived.connect(self.report, Qt.ConnectionType.QueuedConnection)

    def set_render(self, render: Render) -> None:
        """Speak another language from now on."""
        self._render = render

    def install(self, folder: Path) -> None:
        """Catch what no code catches, in every thread, and log into ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        self._handler = logging.handlers.RotatingFileHandler(
            folder / "toban.log", maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8"
        )
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        _LOG.addHandler(self._handler)
        crash_file = (folder / "crash.log").open("a", encoding="utf-8")
        faulthandler.enable(crash_file)
        self._crash_file = crash_file
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._from_python
        threading.excepthook = lambda args: self._arrived.emit(args.exc_value)

    def uninstall(self) -> None:
        """Give back what :meth:`install` took."""
        if self._before is not None:
            sys.excepthook, threading.excepthook = self._before  # type: ignore[assignment]
            self._before = None
        if self._handler is not None:
            _LOG.removeHandler(self._handler)
            self._handler.close()
        if self._crash_file is not None:
            faulthandler.disable()
            self._crash_file.close()  # type: ignore[attr-defined]
            self._crash_file = None

    def _from_python(
        self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self._arrived.emit(error)

    @Slot(object)
    def report(self, error: BaseException) -> None:
        """Show an exception: a sentence for the user's own, the dialog for a bug."""
        if isinstance(error, WfmError):
            self._show_message(error.message)
            return
        _LOG.error("%s\n%s", type(error).__name__, places(error))
        if self._dialog is None:
            self._dialog = BugDialog(self._render, self._window)
            self._dialog.finished.connect(self._dialog_closed)
        self._dialog.add(details(error))
        self._dialog.open()

    @Slot(int)
    def _dialog_closed(self, _result: int) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None


def places(error: BaseException) -> str:
    """Return the stack of an exception, without its text and without values."""
    frames = traceback.extract_tb(error.__traceback__)
    return "".join(f"  {frame.filename}:{frame.lineno} {frame.name}\n" for frame in frames)


def details(error: BaseException) -> str:
    """Return everything a developer asks for, the exception's own text included."""
    head = f"Toban · Python {platform.python_version()} · {platform.platform()}\n"
    return head + "".join(traceback.format_exception(error))


class BugDialog(QDialog):
    """Says that something unexpected happened and lets the user copy the details."""

    def __init__(self, render: Render, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(render(message("Unexpected error")))
        self.resize(640, 380)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        title = QLabel(render(message("Something went wrong that Toban did not expect.")))
        title.setProperty("role", "section")
        text = QLabel(
            render(
                message(
                    "Your data is unchanged and you can go on working. Please copy the details and"
                    " send them to the project; they may hold names from your data."
                )
            )
        )
        text.setWordWrap(True)
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setAccessibleName(render(message("Details of the error")))
        copy = QPushButton(render(message("Copy details")))
        copy.clicked.connect(self._copy)
        close = QPushButton(render(message("Go on working")))
        close.setProperty("role", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        for widget in (title, text, self._details):
            column.addWidget(widget)
        column.addLayout(buttons)

    @property
    def text(self) -> str:
        """The details shown."""
        return self._details.toPlainText()

    def add(self, text: str) -> None:
        """Add the details of one more error."""
        self._details.appendPlainText(text)

    @Slot()
    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text)
