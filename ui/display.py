"""Whether a window can be opened here: Qt ends the whole program when it cannot."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

WAIT_S = 1.0
_X11 = re.compile(r"^(?:unix)?(?P<host>[^:/]*):(?P<number>\d+)(?:\.\d+)?$")
X11_SOCKETS = Path("/tmp/.X11-unix")  # noqa: S108  where X servers listen, by convention
X11_PORT = 6000


def has_display(environ: Mapping[str, str] | None = None) -> bool:
    """Tell whether a display server answers; a name in the environment alone is no display."""
    if sys.platform in {"win32", "darwin"}:
        return True
    known = os.environ if environ is None else environ
    return _wayland_answers(known) or _x11_answers(known.get("DISPLAY", ""))


def _wayland_answers(environ: Mapping[str, str]) -> bool:
    name = environ.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    return _connects(socket.AF_UNIX, str(Path(environ.get("XDG_RUNTIME_DIR", "/run")) / name))


def _x11_answers(display: str) -> bool:
    found = _X11.match(display)
    if found is None:
        return False
    number = int(found["number"])
    if found["host"]:
        return _connects(socket.AF_INET, (found["host"], X11_PORT + number))
    path = str(X11_SOCKETS / f"X{number}")
    return _connects(socket.AF_UNIX, path) or _connects(socket.AF_UNIX, "\0" + path)


def _connects(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(WAIT_S)
            probe.connect(address)
    except (OSError, OverflowError, ValueError):
        return False
    return True
