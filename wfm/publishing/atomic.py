"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from wfm.errors import WfmError
from wfm.messages import message


def write_atomically(path: Path | str, content: bytes) -> Path:
    """Write ``content`` to ``path``: a temporary file beside it, flushed to disk, then renamed.

    A file that was there stays untouched until the new one is complete, and keeps its permissions.
    Raises :class:`~wfm.errors.WfmError` naming the path when the folder is missing, the disk full
    or writing forbidden; then nothing is left behind.
    """
    target = Path(path)
    if target.is_dir():
        raise WfmError(message("{file} is a folder; name a file in it.", file=str(target)))
    part: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:60]}.", dir=target.parent)
        part = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(_permissions(target))
        part.replace(target)
        part = None
        _flush_folder(target.parent)
    except OSError as error:
        raise _failure(target, error) from None
    finally:
        if part is not None:
            with suppress(OSError):
                part.unlink()
    return target


def make_folder(path: Path | str) -> Path:
    """Create a folder and those above it where they are missing.

    Raises :class:`~wfm.errors.WfmError` naming the path when that is not possible.
    """
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _failure(folder, error) from None
    return folder


def _permissions(target: Path) -> int:
    """Return the mode of the file being replaced, or that of any new file of this process."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _flush_folder(folder: Path) -> None:
    """Make the renaming itself durable, where the system can."""
    with suppress(OSError):  # Windows opens no folders; the file's content is safe all the same
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _failure(path: Path, error: OSError) -> WfmError:
    return WfmError(
        message(
            "{file} cannot be written: {detail}. Nothing was changed.",
            file=str(path),
            detail=error.strerror or str(error),
        )
    )
