"""Worked time as files for payroll systems: one file per format, built whole, then written."""

from wfm.payroll.generic_daily import GENERIC_DAILY
from wfm.payroll.generic_monthly import GENERIC_MONTHLY
from wfm.payroll.generic_monthly_cp932 import GENERIC_MONTHLY_CP932
from wfm.payroll.notation import NOTATIONS
from wfm.payroll.payroll_file import PayrollFile, PayrollFormat

FORMATS: tuple[PayrollFormat, ...] = (GENERIC_MONTHLY, GENERIC_MONTHLY_CP932, GENERIC_DAILY)

__all__ = ["FORMATS", "NOTATIONS", "PayrollFile", "PayrollFormat"]
