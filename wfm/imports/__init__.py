"""Files in, frozen values and problems out: contact history, people and rosters; no database.

:data:`~wfm.imports.sources.SOURCES` lists what a file can be read as.
"""

from wfm.imports.acd import (
    AcdImport,
    Context,
    Layout,
    Question,
    read_acd,
    read_acd_bytes,
    read_acd_sheets,
    read_history_csv,
)
from wfm.imports.advice import advice_for
from wfm.imports.answers import (
    Answer,
    Asked,
    asked,
    choice_label,
    column_choices,
    column_label,
    month_answer,
    setting_label,
)
from wfm.imports.mapping import load_mapping, save_mapping
from wfm.imports.options import OPTIONS, PEOPLE_OPTIONS, Option
from wfm.imports.people import (
    Known,
    PeopleImport,
    ShiftCode,
    read_people,
    read_people_bytes,
    read_people_sheets,
)
from wfm.imports.preview import Preview, Reading
from wfm.imports.reading import TABLE_SUFFIXES, Sheet, read_content, read_sheets, sheets_of
from wfm.imports.saved import fitting_mapping, layout_key
from wfm.imports.sources import SOURCES, Source, readers_of, recognise

__all__ = [
    "OPTIONS",
    "PEOPLE_OPTIONS",
    "SOURCES",
    "TABLE_SUFFIXES",
    "AcdImport",
    "Answer",
    "Asked",
    "Context",
    "Known",
    "Layout",
    "Option",
    "PeopleImport",
    "Preview",
    "Question",
    "Reading",
    "Sheet",
    "ShiftCode",
    "Source",
    "advice_for",
    "asked",
    "choice_label",
    "column_choices",
    "column_label",
    "fitting_mapping",
    "layout_key",
    "load_mapping",
    "month_answer",
    "read_acd",
    "read_acd_bytes",
    "read_acd_sheets",
    "read_content",
    "read_history_csv",
    "read_people",
    "read_people_bytes",
    "read_people_sheets",
    "read_sheets",
    "readers_of",
    "recognise",
    "save_mapping",
    "setting_label",
    "sheets_of",
]
