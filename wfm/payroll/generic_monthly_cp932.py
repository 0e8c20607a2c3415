"""The generic monthly layout in CP932, for systems that read no Unicode."""

from __future__ import annotations

from functools import partial

from wfm.messages import message
from wfm.payroll.monthly import build_monthly
from wfm.payroll.payroll_file import PayrollFormat

GENERIC_MONTHLY_CP932 = PayrollFormat(
    "generic-monthly-cp932",
    message("Generic, one row per month (CP932)"),
    partial(build_monthly, encoding="cp932"),
)

"""A character that CP932 cannot hold is a problem, never a question mark."""
