"""Frozen values that travel between the stages, and their JSON form.

The package knows only the standard library and numpy; every other package may import it.
"""
