"""People and what belongs to them, from the workbooks that planners keep."""

from wfm.imports.people.outcome import Known, PeopleImport, ShiftCode
from wfm.imports.people.reader import read_people, read_people_bytes, read_people_sheets

__all__ = [
    "Known",
    "PeopleImport",
    "ShiftCode",
    "read_people",
    "read_people_bytes",
    "read_people_sheets",
]
