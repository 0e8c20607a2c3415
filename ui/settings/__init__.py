"""The screen “settings” of the window."""
