"""The screen “staffing” of the window."""
