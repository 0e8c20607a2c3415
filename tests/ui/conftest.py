"""What tests of the window share: no user folders, and nothing left running."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication

from tests.ui.centre import built, desk_on, planned_centre, sample_centre
from ui.jobs import Jobs
from ui.screens import load_screens

__all__ = ["built", "desk_on", "planned_centre", "sample_centre"]


@pytest.fixture(autouse=True)
def user_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep caches and logs of the tests out of the user's folders."""
    folder = tmp_path_factory.getbasetemp() / "user"
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
                 "LOCALAPPDATA"):  # fmt: skip
        monkeypatch.setenv(name, str(folder))


@pytest.fixture(scope="session", autouse=True)
def loaded_code_is_set_aside(qapp: QApplication) -> None:
    """Load all screens once and keep their code out of every search through the objects."""
    load_screens()
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def nothing_is_left_running(qapp: QApplication) -> Iterator[None]:
    """A test that leaves a job, a timer or an open window behind fails."""
    with collected_here():
        yield
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qapp.processEvents()
    found = [item for item in gc.get_objects() if isinstance(item, (Jobs, QTimer))]
    alive = [item for item in found if _alive(item)]
    assert not [item for item in alive if isinstance(item, Jobs) and item.busy]
    assert not [item for item in alive if isinstance(item, QTimer) and item.isActive()]
    assert not [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]


@contextmanager
def collected_here() -> Iterator[None]:
    """Destroy widgets in this thread only, as the window does: no worker searches for cycles."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        if was:
            gc.enable()


def _alive(item: object) -> bool:
    import shiboken6

    return bool(shiboken6.isValid(item))
