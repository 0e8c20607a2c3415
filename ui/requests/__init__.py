"""The screen “requests” of the window."""
