"""The screen “roster” of the window."""
