"""Reads the tables of the sample centre and picks texts of one language."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.time import parse_clock

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "samples"
LANGUAGES = ("ja", "en")

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tables:
    """The parsed tables and the language in which their texts are read."""

    centre: Table
    people: tuple[Table, ...]
    contacts: Table
    language: str

    def text(self, texts: Table) -> str:
        """Return the text of the tables' language."""
        return str(texts[self.language])


def read_tables(language: str) -> Tables:
    """Return the sample's tables; raises :class:`~wfm.errors.WfmError` for another language."""
    if language not in LANGUAGES:
        raise WfmError(
            message(
                "The sample centre speaks {languages}, not “{language}”.",
                languages=", ".join(LANGUAGES),
                language=language,
            )
        )
    people = tuple(_read("people")["people"])
    return Tables(_read("centre"), people, _read("contacts"), language)


@cache
def _read(name: str) -> Table:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def windows(texts: list[str]) -> tuple[tuple[int, int], ...]:
    """Return minute windows of texts such as ``"8:30-17:30"``."""
    spans = [text.split("-") for text in texts]
    return tuple((parse_clock(first), parse_clock(last)) for first, last in spans)


def by_hour(points: Table, interval_minutes: int) -> list[tuple[float, float]]:
    """Return (interval, value) points of a table from hours to values."""
    return [(float(hour) * 60 / interval_minutes, float(value)) for hour, value in points.items()]
