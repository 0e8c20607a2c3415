"""Which headings mean which column: the alias lists of the resources, and how they are compared."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

RESOURCES = Path(__file__).resolve().parents[2] / "resources"

UNITS = {
    "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s", "秒": "s",
    "ms": "ms", "msec": "ms", "millisecond": "ms", "milliseconds": "ms", "ミリ秒": "ms",
    "min": "min", "mins": "min", "minute": "min", "minutes": "min", "分": "min",
    "h": "h", "hour": "h", "hours": "h", "時間": "h",
}  # fmt: skip
_CLOCK_UNITS = re.compile(r"^(?:\[?h+\]?:)?m+:s+$|^\[?h+\]?:m+$")
_BRACKETS = re.compile(r"[(\[（【<]([^)\]）】>]*)[)\]）】>]")
_NOISE = re.compile(r"[\s_\-.:・/'\"「」、,#?]+")
_SHARE = re.compile(r"(率|レベル|level|rate|sl|割合)$")
_STATISTICS = {
    "平均": "平均", "avg": "平均", "average": "平均", "mean": "平均", "合計": "合計", "計": "合計",
    "total": "合計", "sum": "合計", "最大": "最大", "max": "最大", "最小": "最小", "min": "最小",
}  # fmt: skip
ALIKE = 0.6
"""Share of common signs from which on two names may mean the same thing."""
_THRESHOLD = "0thresholdt0"


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading means: the canonical column, its unit and its number of seconds T."""

    column: str
    unit: str = ""
    threshold_s: float | None = None


@dataclass(frozen=True, slots=True)
class Aliases:
    """The headings of one kind of file: exact ones, and patterns with a number of seconds."""

    exact: dict[str, str]
    patterns: tuple[tuple[re.Pattern[str], str], ...] = field(default=())

    def match(self, heading: str) -> Heading | None:
        """Return what a heading means, or ``None``; brackets may hold units, T or a statistic."""
        if not heading or len(heading) > 200:
            return None
        for text, unit in _readings(heading):
            if column := self.exact.get(text):
                return Heading(column, unit or _suffix_unit(heading))
            for pattern, column in self.patterns:
                if found := pattern.fullmatch(text):
                    return Heading(column, unit, float(found[1]))
        return None


def _readings(heading: str) -> list[tuple[str, str]]:
    """Return the compared forms of a heading with the unit each implies, likeliest first."""
    text = unicodedata.normalize("NFKC", heading).strip().lower()
    inside = [part.strip() for part in _BRACKETS.findall(text)]
    outside = _BRACKETS.sub(" ", text)
    percent = "%" in inside
    unit, kept = "", []
    for part in inside:
        if part in UNITS and not (part == "min" and "max" in text):
            unit = UNITS[part]
        elif part != "%" and not _CLOCK_UNITS.match(part):
            kept.append(_STATISTICS.get(part, part))
    forms = [
        (normal(text), ""),
        (normal(outside + "".join(kept)), unit),
        (normal(outside), unit),
    ]
    if percent and not _SHARE.search(normal(outside)):
        # 応答(%) is a share of the contacts, never their count
        forms = [(normal(outside) + "%", "")]
    return [form for form in forms if form[0]]


def _suffix_unit(heading: str) -> str:
    """Return the unit that a machine's heading ends with: ``aht_s``, ``handle_ms``, ``時間_秒``."""
    tail = re.split(r"[_\s]", unicodedata.normalize("NFKC", heading).strip().lower())[-1]
    if tail == heading.strip().lower() or tail == "時間":
        return ""
    return UNITS.get(tail, "")


def normal(heading: str) -> str:
    """Return a heading in the form that is compared: NFKC, lower case, little punctuation."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", heading).lower())


def statistic(text: str) -> str:
    """Return 平均, 合計, 最大 or 最小 for a word that says so, else the empty text."""
    return _STATISTICS.get(normal(text), "")


@cache
def _resource() -> dict[str, dict[str, Any]]:
    """Return the alias file."""
    return tomllib.loads((RESOURCES / "import_aliases.toml").read_text(encoding="utf-8"))


@cache
def aliases(kind: str) -> Aliases:
    """Return the headings of ``"acd"`` or ``"people"`` files."""
    exact: dict[str, str] = {}
    patterns: list[tuple[re.Pattern[str], str]] = []
    for column, names in _resource()[kind].items():
        for name in (column, *names):
            if "{T}" in name:
                text = re.escape(normal(name.replace("{T}", _THRESHOLD)))
                patterns.append((re.compile(text.replace(_THRESHOLD, r"(\d{1,4})")), column))
            else:
                exact.setdefault(normal(name), column)
    return Aliases(exact, tuple(patterns))


@cache
def total_words() -> frozenset[str]:
    """Return the words, in compared form, that mark a row of totals."""
    return frozenset(normal(word) for word in _resource()["words"]["total"])


@cache
def channel_words() -> dict[str, str]:
    """Return the channel that a word of a file means, by compared form."""
    return {
        normal(word): channel
        for channel, words in _resource()["channels"].items()
        for word in words
    }


def is_total(text: str) -> bool:
    """Tell whether a label marks a total: 合計, 【小計】, Grand Total:, 11/23 計, 10月合計."""
    word = normal(_BRACKETS.sub(r"\1", text))
    if not word or len(word) > 40:
        return False
    if word in total_words():
        return True
    return word.endswith(("合計", "小計", "総計", "平均", "total")) or bool(
        re.search(r"[\d日月週]計$", word)
    )


def most_alike(text: str, names: Mapping[str, str]) -> str:
    """Return the key of the name that is most like ``text``, the empty text where none is.

    One that holds the other counts as alike: 総合 and 総合窓口.
    """
    best, found = ALIKE, ""
    word = normal(text)
    for key, name in names.items():
        other = normal(name)
        if not word or not other:
            continue
        share = SequenceMatcher(None, word, other).ratio()
        if word in other or other in word:
            share = max(share, ALIKE) + 0.1
        if share > best:
            best, found = share, key
    return found
