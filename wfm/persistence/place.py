"""Where a centre file lies: recognised by its header, local or on a network, writable or not."""

from __future__ import annotations

import getpass
import json
import os
import platform
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from wfm.clock import Clock
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.persistence.failures import damaged

APPLICATION_ID = 0x546F6261
"""Bytes 68 … 71 of a centre file: "Toba"."""

MAGIC = b"SQLite format 3\x00"

NETWORK_TYPES = frozenset(
    {
        "9p", "afpfs", "afs", "autofs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse.davfs",
        "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "gfs2", "glusterfs", "lustre",
        "ncpfs", "nfs", "nfs3", "nfs4", "ocfs2", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf",
        "virtiofs", "vmhgfs", "webdav",
    }
)  # fmt: skip
"""File systems on which several machines may see one file, but not one shared memory."""


_guard = threading.Lock()
_in_use: Counter[tuple[int, int]] = Counter()


def use(path: Path) -> Callable[[], None]:
    """Note that this program opens a database; the returned function says that it has closed it.

    Closing any handle of a file drops every lock that the same program holds on it (POSIX), those
    of SQLite too: another program would then remove a write-ahead log that is still written to.
    So a database in use is never opened past SQLite.
    """
    try:
        with _guard:
            number = _number(path)
            _in_use[number] += 1
    except OSError as error:
        raise denied(path, error) from None

    def leave() -> None:
        with _guard:
            _in_use[number] -= 1

    return leave


def _number(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def is_free(path: Path) -> bool:
    """Tell whether a new file may take this name; raises where nobody can tell."""
    try:
        return not (path.exists() or path.is_symlink())
    except OSError as error:
        raise cannot_write(path, error) from None


def recognise(path: Path) -> None:
    """Refuse what is no centre file, in one sentence, before SQLite touches it."""
    try:
        if not path.exists():
            raise WfmError(message("There is no file {file}.", file=str(path)))
        if path.is_dir():
            raise WfmError(
                message("{file} is a folder. Choose a centre file (*.toban).", file=str(path))
            )
        if not path.is_file():
            raise WfmError(message("{file} is not a file.", file=str(path)))
        with _guard:
            if _in_use[_number(path)] > 0:
                return
            with path.open("rb") as file:
                header = file.read(100)
    except OSError as error:
        raise denied(path, error) from None
    if not header:
        raise WfmError(
            message("{file} is empty. Restore a backup, or create a centre.", file=str(path))
        )
    if not header.startswith(MAGIC) or len(header) < 100:
        raise WfmError(
            message(
                "{file} is not a centre file, or its beginning is damaged. If it was one, open the"
                " newest copy in the folder of backups beside it.",
                file=str(path),
            )
        )
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise WfmError(
            message("{file} is a database of another program, not a centre.", file=str(path))
        )
    if _is_cut(path, header):
        raise WfmError(damaged(str(path)))


def _is_cut(path: Path, header: bytes) -> bool:
    """Tell whether a file ends within a page, and no journal is there to complete it.

    SQLite reads what is missing as zeros.
    """
    page = int.from_bytes(header[16:18], "big")
    try:
        for ending in ("-wal", "-journal"):
            journal = path.with_name(path.name + ending)
            if journal.exists() and journal.stat().st_size:
                return False
        # 1 stands for 65536; SQLite itself tells a garbled length of pages
        return page > 1 and path.stat().st_size % page > 0
    except OSError as error:
        raise denied(path, error) from None


def denied(path: Path, error: OSError) -> WfmError:
    """Return the error for a file that cannot be looked at."""
    return WfmError(
        message(
            "{file} cannot be opened: {detail}.",
            file=str(path),
            detail=error.strerror or str(error),
        )
    )


def cannot_write(path: Path, error: OSError) -> WfmError:
    """Return the error for a file or folder that cannot be written."""
    return WfmError(
        message(
            "{file} cannot be written: {detail}.",
            file=str(path),
            detail=error.strerror or str(error),
        )
    )


def why_read_only(path: Path) -> Message | None:
    """Return why a centre can only be read here, or ``None`` if it can be written."""
    # The owner's bits count even for an administrator, whom the system would let write.
    if not path.stat().st_mode & 0o222 or not os.access(path, os.W_OK):
        return message("{file} is read-only; you can look but not change.", file=str(path))
    if not os.access(path.parent, os.W_OK):
        return message(
            "You may not write in the folder of {file}; you can look but not change.",
            file=str(path),
        )
    return None


def on_network(path: Path) -> bool:
    """Tell whether a file lies on a network folder, where SQLite must not use a write-ahead log."""
    place = path.resolve()
    if sys.platform == "win32":
        return _windows_network(place)
    try:
        if sys.platform == "darwin":
            command = subprocess.run(
                ["/sbin/mount"], capture_output=True, text=True, check=True, timeout=5
            )
            mounts = [_mac_mount(line) for line in command.stdout.splitlines()]
        else:
            text = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
            mounts = linux_mounts(text)
    except (OSError, subprocess.SubprocessError):
        return False
    return file_system_of(place, mounts) in NETWORK_TYPES


def linux_mounts(text: str) -> list[tuple[str, str]]:
    """Return (mount point, type) of each line of ``/proc/mounts``."""
    found = []
    for line in text.splitlines():
        parts = line.split(" ")
        if len(parts) >= 3:
            point = parts[1]
            for code, character in ((r"\040", " "), (r"\011", "\t"), (r"\134", "\\")):
                point = point.replace(code, character)
            found.append((point, parts[2]))
    return found


def _mac_mount(line: str) -> tuple[str, str]:
    """Read "//user@host/share on /Volumes/share (smbfs, nodev)"."""
    head, _, options = line.rpartition(" (")
    return head.partition(" on ")[2], options.split(",")[0].rstrip(")")


def file_system_of(place: Path, mounts: list[tuple[str, str]]) -> str:
    """Return the type of the innermost (and latest) mount that holds an absolute path."""
    best, kind = -1, ""
    for point, name in mounts:
        if (place.is_relative_to(point)) and len(Path(point).parts) >= best:
            best, kind = len(Path(point).parts), name
    return kind


def _windows_network(place: Path) -> bool:
    if str(place).startswith("\\\\"):
        return True
    import ctypes

    remote = 4
    library = getattr(ctypes, "windll").kernel32  # noqa: B009  # exists on Windows only
    return bool(library.GetDriveTypeW(place.anchor) == remote)


# --- the one named writer of a network folder ---------------------------------------------------


def writer_file(path: Path) -> Path:
    """Return the file that names who writes a centre on a network folder."""
    return path.with_name(f"{path.name}.writer")


def claim(path: Path, clock: Clock, *, take_over: bool) -> Message | None:
    """Become the one writer of a centre; returns who is, where somebody else came first.

    A claim left by a crashed program on this machine is taken over; one of another machine only
    with ``take_over``, for nobody can tell from here whether that program still runs.
    """
    mine = {
        "who": getpass.getuser(),
        "host": platform.node(),
        "pid": os.getpid(),
        "since": clock().isoformat(timespec="seconds"),
    }
    place = writer_file(path)
    for _ in range(2):
        try:
            handle = os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            other = _read_claim(place)
            if other is not None and not take_over and not _gone(other):
                return message(
                    "{who} on {host} has been writing {file} since {since}; you can look but not"
                    " change. If that program has crashed, open again and take over.",
                    who=other.get("who", "?"),
                    host=other.get("host", "?"),
                    file=str(path),
                    since=_moment(other.get("since", "?")),
                )
            with suppress(FileNotFoundError):
                place.unlink()
            continue
        except OSError as error:
            raise cannot_write(place, error) from None
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(mine, file)
        return None
    return message(
        "Somebody else opened {file} at the same moment; you can look but not change.",
        file=str(path),
    )


def release(path: Path) -> None:
    """Give up the claim, if it is still this program's."""
    place = writer_file(path)
    found = _read_claim(place)
    if found is not None and (found.get("host"), found.get("pid")) == (
        platform.node(),
        os.getpid(),
    ):
        with suppress(OSError):
            place.unlink()


def _read_claim(place: Path) -> dict[str, object] | None:
    try:
        found = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _moment(told: object) -> object:
    """Return the instant that a claim tells, or what stands there if it is none."""
    try:
        return datetime.fromisoformat(str(told))
    except ValueError:
        return told


def _gone(claim_found: dict[str, object]) -> bool:
    pid = claim_found.get("pid")
    if claim_found.get("host") != platform.node() or not isinstance(pid, int):
        return False
    if pid == os.getpid():
        return False
    if sys.platform == "win32":
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
