"""Widgets shared by the screens: cards, notices, the roster timeline and its marks."""
