"""Files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
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
    real = target.resolve()  # a link keeps pointing at the file that is replaced
    part = real.with_name(f".{real.name[:60]}.{secrets.token_hex(4)}.part")
    written = False
    try:
        if real.exists() and not os.access(real, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        _write_new(part, content)
        if real.exists():
            part.chmod(real.stat().st_mode & 0o777)
        part.replace(real)
        written = True
    except OSError as error:
        raise _failure(target, error) from None
    finally:
        if not written:
            with suppress(OSError):
                part.unlink()
    _flush_folder(real.parent)
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


def _write_new(path: Path, content: bytes) -> None:
    """Create a file, fill it and flush it to the disk."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o666), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


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
