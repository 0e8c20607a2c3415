"""The screen “overview” of the window."""
