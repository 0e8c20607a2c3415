"""The screen “forecast” of the window."""
