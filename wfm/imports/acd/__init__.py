"""Contact history from the interval reports of an ACD."""

from wfm.imports.acd.outcome import AcdImport, Context, Preview, Question
from wfm.imports.acd.reader import read_acd, read_acd_bytes, read_history_csv, recognises

__all__ = [
    "AcdImport",
    "Context",
    "Preview",
    "Question",
    "read_acd",
    "read_acd_bytes",
    "read_history_csv",
    "recognises",
]
