"""Finds the saved mapping that fits a file, so that a layout answered once is not asked again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from wfm.imports.aliases import aliases, normal
from wfm.imports.headers import find_header
from wfm.imports.reading import Sheet
from wfm.model.site import ImportMapping

OF_ONE_FILE = frozenset({"encoding", "delimiter", "sheet", "year", "month"})
"""Options that the next file of the same layout may well answer otherwise."""


def layout_key(reader: str, mapping: ImportMapping) -> str:
    """Return the key under which a mapping is saved: one per reader and set of headings."""
    headings = "\n".join(sorted(normal(heading) for heading in mapping.columns))
    return f"{reader}:{hashlib.sha256(headings.encode()).hexdigest()[:12]}"


def fitting_mapping(
    reader: str, sheets: Sequence[Sheet], saved: Iterable[ImportMapping]
) -> ImportMapping | None:
    """Return the saved mapping whose headings some sheet has, the one with the most of them.

    ``reader`` is ``"acd"`` or ``"people"``.  What concerns only the file it was made for is left
    out of it.
    """
    known = aliases(reader)
    best: ImportMapping | None = None
    for mapping in saved:
        if mapping.key.partition(":")[0] != reader or not mapping.columns:
            continue
        row = 0 if mapping.options.get("header_row") == "0" else None
        if row == 0 and any(find_header(sheet, known) is not None for sheet in sheets):
            continue  # columns by position fit any table, but this one has headings
        if best is not None and len(best.columns) >= len(mapping.columns):
            continue
        for sheet in sheets:
            header = find_header(sheet, known, mapping.columns, row)
            if header is not None and set(mapping.columns) <= set(header.texts):
                best = mapping
                break
    if best is None:
        return None
    options = {
        key: value
        for key, value in best.options.items()
        if key not in OF_ONE_FILE and not (key == "header_row" and value != "0")
    }
    return ImportMapping(best.key, dict(best.columns), options)
