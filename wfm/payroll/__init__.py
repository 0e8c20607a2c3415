"""Worked time as files for payroll systems: one file per format, built whole, then written."""

from wfm.payroll.categories import CATEGORIES, DAY_KIND_NAMES, Category
from wfm.payroll.generic_daily import GENERIC_DAILY
from wfm.payroll.generic_monthly import GENERIC_MONTHLY
from wfm.payroll.generic_monthly_cp932 import GENERIC_MONTHLY_CP932
from wfm.payroll.monthly import kind_of
from wfm.payroll.notation import NOTATIONS
from wfm.payroll.payroll_file import PayrollFile, PayrollFormat

FORMATS: tuple[PayrollFormat, ...] = (GENERIC_MONTHLY, GENERIC_MONTHLY_CP932, GENERIC_DAILY)

__all__ = [
    "CATEGORIES",
    "DAY_KIND_NAMES",
    "FORMATS",
    "NOTATIONS",
    "Category",
    "PayrollFile",
    "PayrollFormat",
    "kind_of",
]
