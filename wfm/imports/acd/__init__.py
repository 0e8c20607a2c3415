"""Contact history from the interval reports of an ACD."""

from wfm.imports.acd.outcome import AcdImport, Context, Layout, Question
from wfm.imports.acd.reader import (
    read_acd,
    read_acd_bytes,
    read_acd_sheets,
    read_history_csv,
    recognises,
)

__all__ = [
    "AcdImport",
    "Context",
    "Layout",
    "Question",
    "read_acd",
    "read_acd_bytes",
    "read_acd_sheets",
    "read_history_csv",
    "recognises",
]
