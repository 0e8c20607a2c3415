"""Turns messages into sentences of a language, and numbers and dates into that language's form.

The catalogues are the committed ``.po`` files; their compiled form lives in the user's cache
folder only, because English templates are the keys and nothing else has to be built.
"""

from __future__ import annotations

import gettext
import hashlib
import locale
import os
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from wfm.messages import Message, Translate, english, message, render

LANGUAGES = ("ja", "en")
CATALOGUES = Path(__file__).parent.parent / "resources" / "translations"

Render = Callable[[Message], str]
"""Returns the finished sentence of a message."""

_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DAY_FIELDS = frozenset({"day", "first", "last", "since", "until"})
"""Fields that hold dates; what a user typed is never among them and is quoted as typed."""
_PLAIN_FIELD = re.compile(r"{(\w+)}")
_DAY_PATTERNS = {"ja": "y年M月d日（E）", "en": "EEE d MMM y"}
_SHORT_DAY_PATTERNS = {"ja": "M月d日（E）", "en": "EEE d MMM"}


def language_from_environment(environ: Mapping[str, str] | None = None) -> str:
    """Return ``"ja"`` or ``"en"`` from TOBAN_LANG, LC_ALL, LC_MESSAGES or LANG, first one set.

    Where none is set (Windows), the system's own locale decides.
    """
    known = os.environ if environ is None else environ
    for name in ("TOBAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := known.get(name, "").strip():
            return _language_of(value)
    return _language_of(locale.getlocale()[0] or "") if environ is None else "en"


def _language_of(name: str) -> str:
    return "ja" if name.lower().startswith(("ja", "jp")) else "en"


@cache
def translator(language: str) -> Translate:
    """Return the function that finds a message's template in ``language`` (English: itself).

    A message without translation falls back to English.
    """
    source = CATALOGUES / f"{language}.po"
    if language == "en" or not source.is_file():
        return english
    catalogue = _catalogue(source)

    def translate(value: Message) -> str:
        if value.plural:
            count = value.values.get("count")
            number = count if isinstance(count, int) else 2
            if value.context:
                return catalogue.npgettext(value.context, value.text, value.plural, number)
            return catalogue.ngettext(value.text, value.plural, number)
        if value.context:
            return catalogue.pgettext(value.context, value.text)
        return catalogue.gettext(value.text) if value.text else ""

    return translate


def _catalogue(source: Path) -> gettext.GNUTranslations:
    """Read a ``.po``: from the compiled copy in the cache folder, or compile it (and keep it)."""
    import platformdirs

    content = source.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:16]
    folder = Path(platformdirs.user_cache_dir("toban", appauthor=False)) / "translations"
    kept = folder / f"{source.stem}-{digest}.mo"
    with suppress(OSError, ValueError), kept.open("rb") as file:
        return gettext.GNUTranslations(file)
    compiled = compile_catalogue(content)
    with suppress(OSError):  # a read-only home costs some milliseconds at start, nothing else
        folder.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_bytes(compiled)
        part.replace(kept)
        for older in folder.glob(f"{source.stem}-*.mo"):
            if older != kept:
                older.unlink()
    return gettext.GNUTranslations(BytesIO(compiled))


def compile_catalogue(content: bytes) -> bytes:
    """Return the ``.mo`` form of a ``.po`` file's bytes."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(content)))
    return compiled.getvalue()


@cache
def render_in(language: str, zone: str = "") -> Render:
    """Return the function that turns a message into a finished sentence of ``language``.

    Dates, fractions and money among the values are written the way the language writes them, and
    instants on the clock of ``zone`` (empty: this computer's), unless the template gives its own
    format.
    """
    return _Renderer(language, zone).finish


class _Renderer:
    """Turns messages into sentences of one language, with instants on one clock."""

    def __init__(self, language: str, zone: str) -> None:
        self._language, self._zone = language, zone
        self._translate = translator(language)

    def finish(self, value: Message) -> str:
        """Return the finished sentence of a message."""
        return render(self._localised(value), self._translate)

    def _localised(self, value: Message) -> Message:
        plain = set(_PLAIN_FIELD.findall(self._translate(value)))
        values = {
            name: self._localised_value(name, item, plain=name in plain)
            for name, item in value.values.items()
        }
        return Message(value.text, values, value.context, value.plural)

    def _localised_value(self, name: str, item: object, *, plain: bool) -> object:
        language = self._language
        if isinstance(item, Message):
            return self._localised(item)
        if not plain:
            return item
        if isinstance(item, datetime):
            return format_moment(item, self._zone, language)
        if isinstance(item, date):
            return format_date(item, language)
        if name in _DAY_FIELDS and isinstance(item, str) and _ISO_DATE.fullmatch(item):
            # a date that was kept in the log comes back as text
            with suppress(ValueError):
                return format_date(date.fromisoformat(item), language)
        if isinstance(item, (float, Decimal)):
            return format_number(item, language, decimals=2)
        return item


def format_number(
    value: float | Decimal, language: str, decimals: int = 0, *, fixed: bool = False
) -> str:
    """Return ``1,234.5``: grouped, with at most (``fixed``: exactly) ``decimals`` digits."""
    from babel.numbers import format_decimal

    digits = ("0" if fixed else "#") * decimals
    return format_decimal(value, format=f"#,##0.{digits}" if decimals else "#,##0", locale=language)


def format_hours(hours: float, language: str) -> str:
    """Return hours to one decimal (``11.5``), without a unit."""
    return format_number(hours, language, decimals=1, fixed=True)


def format_percent(share: float, language: str, decimals: int = 1) -> str:
    """Return a share 0 … 1 as ``2.4 %``."""
    return f"{format_number(share * 100, language, decimals)} %"


def format_date(day: date, language: str, *, short: bool = False) -> str:
    """Return ``2026年11月30日（月）`` or ``Mon 30 Nov 2026``; ``short`` leaves out the year."""
    from babel.dates import format_date as formatted

    pattern = (_SHORT_DAY_PATTERNS if short else _DAY_PATTERNS)[language]
    return formatted(day, pattern, locale=language)


def format_day(day: date, language: str) -> str:
    """Return the head of a day's column: ``30 月`` or ``Mon 30``."""
    from babel.dates import format_date as formatted

    return formatted(day, "d E" if language == "ja" else "EEE d", locale=language)


def format_weekday(day: date, language: str) -> str:
    """Return the short name of a weekday: ``月`` or ``Mon``."""
    from babel.dates import format_date as formatted

    return formatted(day, "E", locale=language)


def format_month(month: date, language: str) -> str:
    """Return a month: ``2026年12月`` or ``December 2026``."""
    from babel.dates import format_date as formatted

    return formatted(month, "y年M月" if language == "ja" else "MMMM y", locale=language)


def format_moment(moment: datetime, zone: str, language: str) -> str:
    """Return an instant on a zone's clock: ``2026年11月24日（火） 21:50``.

    An empty zone is this computer's.
    """
    here = moment.astimezone(ZoneInfo(zone) if zone else None)
    return f"{format_date(here.date(), language)} {here:%H:%M}"


def format_days(start: date, days: int, language: str) -> str:
    """Return the span of a horizon, first and last day: ``2026年11月30日（月）〜12月6日（日）``."""
    last = start + timedelta(days=days - 1)
    if days == 1:
        return format_date(start, language)
    if language == "ja":
        return f"{format_date(start, language)}〜{format_date(last, language, short=True)}"
    first = format_date(start, language, short=start.year == last.year)
    return f"{first} – {format_date(last, language)}"


def format_list(parts: Iterable[str], language: str) -> str:
    """Return names one after the other: ``チャット、メール`` or ``Chat, Mail``."""
    return ("、" if language == "ja" else ", ").join(parts)


def format_zone(zone: str, language: str) -> str:
    """Return how people call a zone: ``日本標準時`` for Asia/Tokyo; an unknown one as it is."""
    from babel.dates import get_timezone, get_timezone_name

    try:
        return str(get_timezone_name(get_timezone(zone), locale=language))
    except LookupError:
        return zone


LANGUAGE_NAMES = {"ja": message("Japanese"), "en": message("English")}
"""How the languages are called in the language being shown."""
