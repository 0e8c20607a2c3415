"""Files in, frozen values and problems out: contact history, people and rosters; no database.

:data:`~wfm.imports.sources.SOURCES` lists what a file can be read as.
"""

from wfm.imports.acd import (
    AcdImport,
    Preview,
    Question,
    read_acd,
    read_acd_bytes,
    read_history_csv,
)
from wfm.imports.mapping import load_mapping, save_mapping
from wfm.imports.options import OPTIONS, Option
from wfm.imports.people import Known, PeopleImport, ShiftCode, read_people, read_people_bytes
from wfm.imports.reading import Sheet, read_sheets
from wfm.imports.sources import SOURCES, Source, recognise

__all__ = [
    "OPTIONS",
    "SOURCES",
    "AcdImport",
    "Known",
    "Option",
    "PeopleImport",
    "Preview",
    "Question",
    "Sheet",
    "ShiftCode",
    "Source",
    "load_mapping",
    "read_acd",
    "read_acd_bytes",
    "read_history_csv",
    "read_people",
    "read_people_bytes",
    "read_sheets",
    "recognise",
    "save_mapping",
]
