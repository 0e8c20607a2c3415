"""Saved mappings: a TOML file that says how to read one source, without questions next time.

::

    key = "biztel-30min"
    [columns]
    "着信数" = "offered"
    [options]
    interval_label = "start"
    threshold_s = 20
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import tomli_w

from wfm.errors import WfmError
from wfm.imports.aliases import aliases
from wfm.imports.options import check_options
from wfm.messages import message
from wfm.model.site import ImportMapping

TABLES = ("columns", "options")


def load_mapping(path: Path) -> ImportMapping:
    """Return the mapping of a TOML file; its ``key`` is the file's name where it has none.

    Raises :class:`~wfm.errors.WfmError` for a file that is no TOML, an unknown key, column or
    option, and a value that is none.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise WfmError(
            message("{file} cannot be read: {reason}.", file=str(path), reason=error.strerror)
        ) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WfmError(
            message("{file} is no TOML file: {reason}.", file=path.name, reason=str(error))
        ) from None
    for name in content:
        if name not in {"key", *TABLES}:
            raise WfmError(
                message(
                    "{file}: a mapping has no “{key}”; there are key, [columns] and [options].",
                    file=path.name,
                    key=name,
                )
            )
    tables = {name: _texts(path.name, name, content.get(name, {})) for name in TABLES}
    mapping = ImportMapping(
        str(content.get("key", path.stem)), tables["columns"], tables["options"]
    )
    try:
        check_mapping(mapping)
    except WfmError as error:
        raise WfmError(message("{file}: {reason}", file=path.name, reason=error.message)) from None
    return mapping


def save_mapping(mapping: ImportMapping, path: Path) -> None:
    """Write a mapping as TOML; :func:`load_mapping` returns it unchanged."""
    content = {
        "key": mapping.key,
        "columns": dict(sorted(mapping.columns.items())),
        "options": dict(sorted(mapping.options.items())),
    }
    try:
        path.write_text(tomli_w.dumps(content), encoding="utf-8")
    except OSError as error:
        raise WfmError(
            message("{file} cannot be written: {reason}.", file=str(path), reason=error.strerror)
        ) from None


def known_columns(reader: str) -> frozenset[str]:
    """Return the canonical columns of a reader, ``"acd"`` or ``"people"``."""
    known = aliases(reader)
    return frozenset({*known.exact.values(), *(column for _, column in known.patterns)})


def check_mapping(mapping: ImportMapping, reader: str = "acd") -> None:
    """Raise :class:`~wfm.errors.WfmError` for a column or option that no mapping has."""
    known = known_columns(reader)
    for heading, column in mapping.columns.items():
        if column and column not in known:
            raise WfmError(
                message(
                    "Heading “{heading}” cannot be read as “{column}”; there are {choices}.",
                    heading=heading,
                    column=column,
                    choices=", ".join(sorted(known)),
                )
            )
    check_options(mapping.options, reader)


def _texts(file: str, name: str, table: object) -> dict[str, str]:
    """Return a table of a mapping as texts; numbers are welcome, tables and lists are not."""
    if not isinstance(table, dict):
        raise WfmError(message("{file}: [{table}] is no table.", file=file, table=name))
    texts: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise WfmError(
                message("{file}: the value of “{key}” is no text.", file=file, key=str(key))
            )
        texts[str(key)] = str(value)
    return texts
