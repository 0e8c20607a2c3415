"""The screen “payroll” of the window."""
