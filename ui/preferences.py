"""What one user likes: language, theme, sizes, recent files; a small JSON file of their own.

Preferences hold nothing of a centre's data.  A file that cannot be read counts as empty and one
that cannot be written costs the memory of this session only: liking things must never be in the
way of working.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import platformdirs

RECENT_FILES = 8


def is_there(location: str) -> bool:
    """Tell whether a centre's file is there; a server is only known when it is asked."""
    if "://" in location:
        return True
    try:
        return Path(location).exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


def preferences_file() -> Path:
    """Return where this user's preferences live."""
    return Path(platformdirs.user_config_dir("toban", appauthor=False)) / "preferences.json"


def without_password(location: str) -> str:
    """Return a centre's location without a password; a file's as it is."""
    if "://" not in location:
        return location
    scheme, _, rest = location.partition("://")
    address, mark, options = rest.partition("?")
    login, at, place = address.rpartition("@")
    kept = [item for item in options.split("&") if item and "password" not in item.lower()]
    return f"{scheme}://{login.partition(':')[0]}{at}{place}{mark if kept else ''}{'&'.join(kept)}"


class Preferences:
    """A mapping of dotted names to JSON values, written whenever one changes."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._values: dict[str, Any] = {}
        if path is not None:
            with suppress(OSError, ValueError):
                read = json.loads(path.read_text(encoding="utf-8"))
                self._values = read if isinstance(read, dict) else {}

    def get(self, name: str, default: Any = None) -> Any:
        """Return a value; one of another type than a given default counts as not there."""
        value = self._values.get(name, default)
        return value if default is None or isinstance(value, type(default)) else default

    def set(self, name: str, value: Any) -> None:
        """Keep a JSON value under a name."""
        if self._values.get(name) == value and name in self._values:
            return
        self._values[name] = value
        self._write()

    @property
    def recent(self) -> tuple[str, ...]:
        """Locations of the centres opened last, newest first."""
        return tuple(item for item in self.get("recent", []) if isinstance(item, str))

    def add_recent(self, location: str) -> None:
        """Put a centre at the head of the recent ones; a server's password is not kept."""
        location = without_password(location)
        others = [item for item in self.recent if item != location]
        self.set("recent", [location, *others][:RECENT_FILES])

    def drop_recent(self, location: str) -> None:
        """Forget a centre that is no longer there."""
        self.set("recent", [item for item in self.recent if item != location])

    def _write(self) -> None:
        if self._path is None:
            return
        text = json.dumps(self._values, ensure_ascii=False, indent=1)
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=".preferences-")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text)
                Path(name).replace(self._path)
            except OSError:
                Path(name).unlink(missing_ok=True)
