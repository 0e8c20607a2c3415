"""Rosters as files for people: one file per format, and files written whole or not at all."""

from wfm.publishing.atomic import make_folder, write_atomically
from wfm.publishing.csv_file import CSV
from wfm.publishing.ics_file import ICS
from wfm.publishing.plain_table import table_csv
from wfm.publishing.sheet import RosterFormat, Sheet
from wfm.publishing.xlsx_file import XLSX

FORMATS: tuple[RosterFormat, ...] = (CSV, XLSX, ICS)

__all__ = ["FORMATS", "RosterFormat", "Sheet", "make_folder", "table_csv", "write_atomically"]
