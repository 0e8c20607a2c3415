"""The domain of workforce management: values, stages and use cases, without Qt or OR-Tools."""

VERSION = "0.1.0"
"""Version of the program, as in ``pyproject.toml``."""
