"""The generic monthly layout in UTF-8 with a byte-order mark, which Excel reads as such."""

from __future__ import annotations

from functools import partial

from wfm.messages import message
from wfm.payroll.monthly import build_monthly
from wfm.payroll.payroll_file import PayrollFormat

GENERIC_MONTHLY = PayrollFormat(
    "generic-monthly",
    message("Generic, one row per month (UTF-8)"),
    partial(build_monthly, encoding="utf-8-sig"),
)
