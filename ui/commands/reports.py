"""A report of an unexpected error, kept in the user's log folder."""

from __future__ import annotations

import contextlib
import os
import traceback
from datetime import datetime
from pathlib import Path

from platformdirs import user_log_path


def write_report(error: BaseException) -> Path:
    """Write the details of ``error`` to a file only the user may read, and return its path.

    A log folder that cannot be written is no second error: the path is returned all the same.
    """
    moment = datetime.now().astimezone()
    path = user_log_path("toban", appauthor=False) / f"error-{moment:%Y%m%dT%H%M%S}.txt"
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("".join(traceback.format_exception(error)))
    return path
