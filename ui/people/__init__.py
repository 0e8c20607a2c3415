"""The screen “people” of the window."""
